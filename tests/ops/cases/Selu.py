"""Selu: scale * x, and scale * alpha * (exp(x) - 1) where negative."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, unary, within

SCALE, SCALE_ALPHA = 1.0507009873554804934193349852946, 1.7580993408473768599402175208123


def cases(op):
    unary(op, lambda x: np.where(x < 0, SCALE_ALPHA * np.expm1(x), SCALE * x), FLOATS, limits=within,
          points=[NAN, -INF, INF, 0.0, 1, -1, -100, -1e-6])
