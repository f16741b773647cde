"""Abs: the absolute value; of the smallest integer, itself."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, SIGNED, Tensor, lowest, unary


def cases(op):
    unary(op, np.abs, FLOATS + SIGNED, points=[0.0, -0.0, INF, -INF, NAN, -1.5])
    for dtype in SIGNED:
        op([Tensor(dtype, [lowest(dtype), -1, 0])], np.abs)
