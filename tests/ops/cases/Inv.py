"""Inv: 1 / x."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, nonzero, sample, unary


def cases(op):
    unary(op, lambda x: 1 / x, FLOATS, points=[0.0, -0.0, INF, -INF, NAN, 3, 1e-30])
    for dtype in COMPLEX:
        op([nonzero(sample(dtype, (3, 5)))], np.reciprocal)
