"""MatrixSetDiagV2: matrices with other elements on some diagonals."""
import numpy as np
from kit.diagonals import BANDS, Band, with_diagonals
from kit.movement import FEW, sample


def cases(op):
    def check(dtype, band, batch=(), k=None, **given):
        k = np.int32([band.lowest, band.highest] if k is None else k)
        op([sample(dtype, batch + (band.rows, band.columns)), sample(dtype, batch + band.shape, seed=1), k],
             lambda x, d, k: with_diagonals(x, d, band), fed=[0, 1], **given)
    for dtype in FEW[:-1]:
        check(dtype, Band(3, 4, -1, 1))
    for sizes in BANDS:
        check("float", Band(*sizes), (2, 1))
    check("float", Band(3, 4, 1, 1), k=1)
    check("float", Band(3, 4, -1, -1), (0,), k=[-1])
    for k in [[1, 0], 4, -3]:
        op([sample("float", (3, 4)), sample("float", (3,)), np.int32(k)], error="MatrixSetDiagV2", fed=[0, 1])
    op([sample("float", (3, 4)), sample("float", (2,)), np.int32(0)], error="MatrixSetDiagV2", fed=[0, 1])
