"""Sin: the sine; of an infinity, NaN."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, unary, within


def cases(op):
    unary(op, np.sin, FLOATS + COMPLEX, limits=within,
          points=[0.0, -0.0, INF, -INF, NAN, 3.14159274, 1e5, 1e15, -1e30, 1e-30])
