"""Softsign: x / (1 + |x|)."""
import numpy as np
from kit.elementwise import FLOATS, NAN, unary, within


def cases(op):
    unary(op, lambda x: x / (1 + np.abs(x)), FLOATS, limits=within, points=[NAN, 0.0, -0.0, 1, -1, 1e30, -1e-30])
