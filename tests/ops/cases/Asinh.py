"""Asinh: the inverse hyperbolic sine."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, np.arcsinh, FLOATS, limits=within, points=[0.0, -0.0, 1, -1, INF, -INF, NAN, 1e30, -1e30, 1e-30, 1e-4])
