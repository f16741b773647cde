"""Tan: the tangent; of an infinity, NaN."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, np.tan, FLOATS + COMPLEX, limits=within, points=[0.0, -0.0, INF, -INF, NAN, 1.57079637, 1e5, 1e-30])
