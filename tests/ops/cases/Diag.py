"""Diag: a tensor on the diagonal of one of twice its rank, zeros beside it."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, sample


def cases(op):
    def matrix(x):
        return np.diag(x.ravel()).reshape(x.shape * 2)
    for dtype in FLOATS + ["int32", "int64"] + COMPLEX:
        op([sample(dtype, (3,))], matrix)
    for shape in [(1,), (0,), (2, 3), (0, 2), (2, 1, 2), (2, 1, 2, 2), (70,)]:
        op([sample("float", shape)], matrix)
    op([sample("float", ())], error="rank")
