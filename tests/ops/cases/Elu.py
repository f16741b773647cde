"""Elu: x, and exp(x) - 1 where negative."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, lambda x: np.where(x < 0, np.expm1(x), x), FLOATS, limits=within,
          points=[NAN, -INF, INF, 0.0, -0.0, 1, -1, -100, -1e-6])
