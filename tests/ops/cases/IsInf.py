"""IsInf: whether x is infinite."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, Tensor, unary


def cases(op):
    unary(op, np.isinf, FLOATS, points=[NAN, INF, -INF, 0.0, 3e38, 1e-40], dtype="bool")
    for dtype in FLOATS:
        op([Tensor(dtype, [NAN, INF, -INF, 1])], np.bool_([False, True, True, False]))
