"""Lgamma: the logarithm of the absolute value of the gamma function."""
import math

import numpy as np
from kit.elementwise import FLOATS, INF, NAN, unary


def log_gamma(x):
    if np.isnan(x) or np.isinf(x):
        return np.abs(x)
    return INF if x <= 0 and x == np.floor(x) else math.lgamma(x)


def limits(dtype):
    return {"rtol": {"float": 2e-6, "half": 1e-3, "bfloat16": 8e-3}.get(dtype), "atol": 1e-6}


def cases(op):
    unary(op, np.vectorize(log_gamma, otypes=[float]), FLOATS, limits=limits,
          points=[1, 2, 0.5, 100, 1e10, -0.5, -1.5, -2, 0.0, 1e-30, INF, -INF, NAN])
