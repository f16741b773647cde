"""Sqrt: the square root."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, sample, unary


def cases(op):
    unary(op, np.sqrt, FLOATS, low=0, points=[0.0, -0.0, 2, -1, INF, -INF, NAN, 1e-37, 3e38])
    for dtype in COMPLEX:
        op([sample(dtype, (3, 5))], np.sqrt)
