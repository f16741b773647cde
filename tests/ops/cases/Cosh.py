"""Cosh: the hyperbolic cosine."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, np.cosh, FLOATS, limits=within, points=[0.0, -0.0, INF, -INF, NAN, 88.9, -89.3, 95, 1e-30, 1e-4])
