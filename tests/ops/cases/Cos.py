"""Cos: the cosine; of an infinity, NaN."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, np.cos, FLOATS + COMPLEX, limits=within,
          points=[0.0, -0.0, INF, -INF, NAN, 1.57079637, 1e5, 1e15, -1e30, 1e-30])
