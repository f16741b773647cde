"""Xlogy: x * log(y), and 0 where x is 0."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, binary, nonzero, sample, within


def logarithm(x, y):
    return np.where(x == 0, 0, x * np.log(y))


def cases(op):
    binary(op, logarithm, FLOATS, low=0, limits=within,
           pairs=[(0, 0), (0, NAN), (0, -1), (1, 0), (2, -1), (NAN, 1), (3, INF), (2, 3)])
    for dtype in COMPLEX:
        op([sample(dtype, (3, 4)), nonzero(sample(dtype, (4,), seed=1))], logarithm)
