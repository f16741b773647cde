"""Relu: max(x, 0); NaN stays NaN."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, lowest, unary


def cases(op):
    unary(op, lambda x: np.maximum(x, 0), FLOATS + SIGNED + UNSIGNED, points=[NAN, -INF, INF, 0.0, 1e-30])
    for dtype in SIGNED:
        op([Tensor(dtype, [lowest(dtype), 0, 1])], lambda x: np.maximum(x, 0))
