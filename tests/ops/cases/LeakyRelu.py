"""LeakyRelu: x, and alpha * x where negative."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, sample, unary, within


def leaky(alpha):
    alpha = float(np.float32(alpha))
    return lambda x: np.where(x > 0, x, alpha * x)


def cases(op):
    unary(op, leaky(0.2), FLOATS, points=[NAN, -INF, INF, 0.0, 1, -1], limits=within)
    for alpha in [0.0, 0.01, 0.5, 1.0]:
        op([sample("float", (3, 7))], leaky(alpha), alpha=alpha)
