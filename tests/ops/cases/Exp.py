"""Exp: e to the power of x."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, np.exp, FLOATS + COMPLEX, limits=within,
          points=[0.0, -0.0, INF, -INF, NAN, 88.7, 89, 710, -87, -110, -800, 1e-8])
