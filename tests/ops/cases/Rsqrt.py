"""Rsqrt: 1 / the square root."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, nonzero, sample, unary, within


def cases(op):
    unary(op, lambda x: 1 / np.sqrt(x), FLOATS, low=1, limits=within,
          points=[0.0, -0.0, 2, -1, INF, -INF, NAN, 1e-37, 3e38])
    for dtype in COMPLEX:
        op([nonzero(sample(dtype, (3, 5)))], lambda x: 1 / np.sqrt(x))
