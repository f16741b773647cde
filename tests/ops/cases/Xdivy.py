"""Xdivy: x / y, and 0 where x is 0."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, binary, nonzero, sample


def divide(x, y):
    return np.where(x == 0, 0, x / y)


def cases(op):
    binary(op, divide, FLOATS, pairs=[(0, 0), (0, NAN), (1, 0.0), (-1, 0.0), (NAN, 1), (INF, INF), (1, 3)])
    for dtype in COMPLEX:
        op([sample(dtype, (3, 4)), nonzero(sample(dtype, (4,), seed=1))], divide)
    op([np.complex64([0, 2]), np.complex64([0, 4])], np.complex64([0, 0.5]))
