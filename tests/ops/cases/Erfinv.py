"""Erfinv: the inverse of the error function; NaN outside of [-1, 1]."""
import math

import numpy as np
from kit.elementwise import FLOATS, INF, NAN, Tensor, unary


def inverse(y):
    if not abs(y) < 1:
        return y * INF if abs(y) == 1 else NAN
    low, high = -7.0, 7.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if math.erf(middle) < y else (low, middle)
    return (low + high) / 2


def limits(dtype):
    return {"rtol": {"float": 5e-6, "double": 1e-9, "half": 2e-3, "bfloat16": 8e-3}[dtype], "atol": 1e-7}


def cases(op):
    unary(op, np.vectorize(inverse, otypes=[float]), FLOATS, low=-0.9, high=0.9, limits=limits)
    for dtype in ["float", "double"]:
        op([Tensor(dtype, [0.0, 1, -1, 1.5, NAN, 0.999, -0.99])], np.vectorize(inverse, otypes=[float]),
           **limits(dtype))
