"""DivNoNan: x / y, and 0 where y is 0."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, binary, sample


def divide(x, y):
    return np.where(y == 0, 0, x / np.where(y == 0, 1, y))


def cases(op):
    binary(op, divide, FLOATS, pairs=[(1, 0.0), (INF, -0.0), (NAN, 0), (0, 0), (NAN, 1), (INF, INF), (1, NAN), (1, 3)])
    for dtype in COMPLEX:
        op([sample(dtype, (3, 4)), sample(dtype, (4,), seed=1)], divide)
    op([np.complex64([1 + 2j, 0]), np.complex64([0, 0])], np.complex64([0, 0]))
