"""Relu6: min(max(x, 0), 6); NaN stays NaN."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, highest, lowest, unary


def cases(op):
    unary(op, lambda x: np.clip(x, 0, 6), FLOATS + SIGNED + UNSIGNED, low=0, high=9,
          points=[NAN, -INF, INF, 0.0, 6, 6.0000005, -3])
    for dtype in SIGNED + UNSIGNED:
        op([Tensor(dtype, [lowest(dtype), highest(dtype), 5, 6, 7])], lambda x: np.clip(x, 0, 6))
