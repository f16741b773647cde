"""Xlog1py: x * log1p(y), and 0 where x is 0."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, Tensor, binary, sample, within


def logarithm(x, y):
    return np.where(x == 0, 0, x * np.log1p(y))


def cases(op):
    binary(op, logarithm, FLOATS, low=0, limits=within,
           pairs=[(0, -1), (0, NAN), (0, -2), (1, -1), (2, -2), (NAN, 1), (3, INF), (2, 1e-8)])
    for dtype in COMPLEX:
        op([sample(dtype, (3, 4)), Tensor(dtype, sample(dtype, (4,), seed=1).data + 7)], logarithm)
