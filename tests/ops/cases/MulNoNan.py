"""MulNoNan: x * y, and 0 where y is 0, whatever x is."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, binary, sample


def multiply(x, y):
    return np.where(y == 0, 0, x * y)


def cases(op):
    binary(op, multiply, FLOATS, pairs=[(INF, 0), (NAN, 0), (0, INF), (0, NAN), (NAN, 1), (1, 3), (INF, 2)])
    for dtype in COMPLEX:
        op([sample(dtype, (3, 4)), sample(dtype, (4,), seed=1)], multiply)
    op([np.complex64([complex(NAN, 1), 2]), np.complex64([0, 3])], np.complex64([0, 6]))
