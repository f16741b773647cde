"""Round: the nearest integer, the even one of two; integers stay."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, SIGNED, unary


def cases(op):
    unary(op, np.rint, FLOATS + SIGNED,
          points=[0.0, -0.0, 0.5, -0.5, 1.5, 2.5, -2.5, 0.49999997, INF, -INF, NAN, 8388607.5, 3e9, 1e30])
