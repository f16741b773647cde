"""Acos: the inverse cosine; NaN outside [-1, 1]."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, np.arccos, FLOATS, low=-1, high=1, limits=within,
          points=[0.0, -0.0, 1, -1, 1.0000001, -2, INF, NAN, 0.9999999, 1e-30])
