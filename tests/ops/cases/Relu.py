"""Relu: max(x, 0); NaN stays NaN."""
import numpy as np
from kit.values import FLOATS, INTEGERS, Tensor, sample


def cases(op):
    for dtype in FLOATS + INTEGERS:
        op([sample(dtype, (3, 5))], lambda x: np.maximum(x, 0))
    op([np.float32([np.nan, -np.inf, np.inf, -0.0])], np.float32([np.nan, 0, np.inf, 0]))
    op([np.zeros((0, 4), np.float32)], lambda x: x)
    op([np.float32(-3)], np.float32(0))
    op([Tensor("float", np.linspace(-2, 2, 1000))], lambda x: np.maximum(x, 0))
