"""Atan: the inverse tangent."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, np.arctan, FLOATS, limits=within, points=[0.0, -0.0, 1, -1, INF, -INF, NAN, 1e30, 1e-30])
