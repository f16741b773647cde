"""Acosh: the inverse hyperbolic cosine; NaN below 1."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, np.arccosh, FLOATS, low=1, limits=within, points=[0.0, 1, 0.5, -1, INF, -INF, NAN, 1e30, 1.0000001])
