"""Expm1: e to the power of x, minus 1."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, np.expm1, FLOATS + COMPLEX, limits=within,
          points=[0.0, -0.0, INF, -INF, NAN, 88.7, 89, -87, -110, 1e-8, -1e-8, 1e-30])
