"""MatrixDiagV3: matrices with some diagonals, a value beside them."""
import numpy as np
from kit.diagonals import ALIGNMENTS, BANDS, Band, matrices
from kit.movement import FEW, sample


def cases(op):
    def check(dtype, band, batch=(), sizes=None, k=None, **given):
        sizes = sizes or (band.rows, band.columns)
        k = np.int32([band.lowest, band.highest] if k is None else k)
        rows, columns = np.int32(sizes)
        op([sample(dtype, batch + band.shape), k, rows, columns, sample(dtype, (), seed=1)],
             lambda x, k, rows, columns, padding: matrices(x, band, padding), fed=[0, 4], **given)
    for dtype in FEW[:-1]:
        check(dtype, Band(3, 4, -1, 1, "RIGHT_LEFT"))
    for i, sizes in enumerate(BANDS):
        for align in ALIGNMENTS[i % 2::2]:
            check("float", Band(*sizes, align), (2, 1) if i % 3 == 0 else (), align=align)
    # The sizes that are left open are the least.
    check("float", Band(4, 4, 1, 1), sizes=(-1, -1), k=1)
    check("float", Band(5, 5, -2, -2), sizes=(-1, -1), k=[-2])
    check("float", Band(3, 4, 1, 1), sizes=(-1, 4), k=1)
    check("float", Band(3, 3, 0, 0), (0,), k=0)
    x, zero = sample("float", (3,)), np.float32(0)
    op([x, np.int32([1, 0]), np.int32(-1), np.int32(-1), zero], error="MatrixDiagV3", fed=[0, 4])
    op([x, np.int32([0, 1]), np.int32(-1), np.int32(-1), zero], error="MatrixDiagV3", fed=[0, 4])
    op([x, np.int32(0), np.int32(2), np.int32(3), zero], error="MatrixDiagV3", fed=[0, 4])
    op([x, np.int32(0), np.int32(5), np.int32(5), zero], error="MatrixDiagV3", fed=[0, 4])
