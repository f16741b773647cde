"""Ceil: the smallest integer that is not smaller."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, unary


def cases(op):
    unary(op, np.ceil, FLOATS, points=[0.0, -0.0, 0.5, -0.5, INF, -INF, NAN, 8388607.5, -8388607.5, 3e9, 1e30])
