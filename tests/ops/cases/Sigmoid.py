"""Sigmoid: 1 / (1 + exp(-x))."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, lambda x: 1 / (1 + np.exp(-x)), FLOATS + COMPLEX, limits=within,
          points=[0.0, -0.0, INF, -INF, NAN, 20, -20, -80, 100, 1e-30])
