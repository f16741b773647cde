"""Digamma: the derivative of Lgamma."""
import numpy as np
from kit.elementwise import FLOATS, NAN, Tensor, unary


def digamma(x):
    if x <= 0 and x == np.floor(x):
        return NAN
    if x < 0:
        return digamma(1 - x) - np.pi / np.tan(np.pi * x)
    total = 0.0
    while x < 20:
        total, x = total - 1 / x, x + 1
    square = 1 / (x * x)
    series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240)))
    return total + np.log(x) - 0.5 / x - series


def limits(dtype):
    return {"rtol": {"float": 5e-6, "double": 1e-11, "half": 2e-3, "bfloat16": 8e-3}[dtype], "atol": 1e-6}


def cases(op):
    unary(op, np.vectorize(digamma, otypes=[float]), FLOATS, low=1, high=9, limits=limits)
    for dtype in ["float", "double"]:
        op([Tensor(dtype, [0.5, 1, 2, 100, -0.5, -1.5, 0.125])], np.vectorize(digamma, otypes=[float]),
           **limits(dtype))
    op([np.float32([NAN])], np.float32([NAN]))
