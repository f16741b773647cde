"""Erf: the error function."""
import math

import numpy as np
from kit.elementwise import FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, np.vectorize(math.erf, otypes=[float]), FLOATS, limits=within,
          points=[0.0, -0.0, INF, -INF, NAN, 0.5, 1, 2, 3, 3.9, 4, -10, 1e-4, 1e-30])
