"""MatrixDiagPartV3: some diagonals of matrices, a value where they are shorter than the longest."""
import numpy as np
from kit.diagonals import ALIGNMENTS, BANDS, Band, diagonals
from kit.movement import FEW, sample


def cases(op):
    def check(dtype, band, batch=(), k=None, **given):
        k = np.int32([band.lowest, band.highest] if k is None else k)
        op([sample(dtype, batch + (band.rows, band.columns)), k, sample(dtype, (), seed=1)],
             lambda x, k, padding: diagonals(x, band, padding), fed=[0, 2], **given)
    for dtype in FEW[:-1]:
        check(dtype, Band(3, 4, -1, 1, "RIGHT_LEFT"))
    for i, sizes in enumerate(BANDS):
        for align in ALIGNMENTS[i % 2::2]:
            check("float", Band(*sizes, align), (2, 1) if i % 3 == 0 else (), align=align)
    check("float", Band(3, 4, 1, 1), k=1)
    check("float", Band(3, 4, -1, -1), (0,), k=[-1])
    for k in [[1, 0], 4, -3, [-3, 0], [0, 4]]:
        op([sample("float", (3, 4)), np.int32(k), np.float32(0)], error="MatrixDiagPartV3", fed=[0, 2])
    op([sample("float", (3,)), np.int32(0), np.float32(0)], error="MatrixDiagPartV3", fed=[0, 2])
