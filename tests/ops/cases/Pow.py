"""Pow: x to the power of y; of integers, a negative exponent is an error."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, SIGNED, binary, sample, within


def cases(op):
    special = [-INF, -2.5, -2, -1, -0.0, 0.0, 0.5, 1, 2, 3, INF, NAN]
    binary(op, np.power, FLOATS, low=0, limits=within, pairs=[(x, y) for x in special for y in special])
    for dtype in COMPLEX:
        op([sample(dtype, (3, 4)), sample(dtype, (4,), seed=1)], np.power, rtol=2e-5)
    for dtype in SIGNED:
        op([sample(dtype, (3, 4)), sample(dtype, (4,), seed=1, low=0)], np.power)
    op([np.int32([0, 1, -1, 2, 3]), np.int32([0, 5, 3, 31, 40])], np.power)
    op([np.int32([2, 3]), np.int32([1, -1])], error="negative")
