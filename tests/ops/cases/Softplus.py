"""Softplus: log(exp(x) + 1), also where exp(x) overflows."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, lambda x: np.logaddexp(x, 0), FLOATS, limits=within,
          points=[NAN, -INF, INF, 0.0, 1, -1, 100, -20, 1000, -80, 13.9, -13.9])
