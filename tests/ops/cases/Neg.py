"""Neg: -x."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, SIGNED, Tensor, lowest, unary


def cases(op):
    unary(op, np.negative, FLOATS + SIGNED + COMPLEX, points=[0.0, -0.0, INF, -INF, NAN, 1.5])
    for dtype in SIGNED:
        op([Tensor(dtype, [lowest(dtype), 1, 0])], np.negative)
