"""Tanh: the hyperbolic tangent."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, np.tanh, FLOATS + COMPLEX, limits=within,
          points=[0.0, -0.0, INF, -INF, NAN, 9, -9, 20, 1e-4, 1e-30, 0.625])
