"""Atanh: the inverse hyperbolic tangent; NaN outside [-1, 1]."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, np.arctanh, FLOATS, low=-0.9, high=0.9, limits=within,
          points=[0.0, -0.0, 1, -1, 1.5, -2, INF, NAN, 0.9999999, 1e-30, 1e-4])
