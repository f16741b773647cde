"""MatrixDiag: square matrices with a diagonal, zeros beside it."""
import numpy as np
from kit.movement import FEW, sample


def cases(op):
    def matrix(x):
        found = np.zeros(x.shape + x.shape[-1:], x.dtype)
        for i in range(x.shape[-1]):
            found[..., i, i] = x[..., i]
        return found
    for dtype in FEW[:-1]:
        op([sample(dtype, (2, 3))], matrix)
    for shape in [(1,), (5,), (0,), (0, 3), (2, 1, 2, 1, 2, 1, 3), (70,)]:
        op([sample("float", shape)], matrix)
    op([sample("float", ())], error="scalar")
