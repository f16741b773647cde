"""MatrixDiagPart: the main diagonals of matrices."""
import numpy as np
from kit.movement import FEW, sample


def cases(op):
    def diagonal(x):
        return np.diagonal(x, 0, -2, -1)
    for dtype in FEW[:-1]:
        op([sample(dtype, (3, 4))], diagonal)
    for shape in [(4, 3), (1, 1), (0, 3), (2, 3, 3), (0, 2, 2), (2, 1, 2, 1, 2, 1, 3, 2), (70, 70)]:
        op([sample("float", shape)], diagonal)
    op([sample("float", (3,))], error="matri")
