"""Square: x * x."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, highest, unary


def cases(op):
    unary(op, np.square, FLOATS + SIGNED + UNSIGNED + COMPLEX, points=[0.0, -0.0, INF, -INF, NAN, 1e30, 1e-30])
    for dtype in SIGNED + UNSIGNED:
        op([Tensor(dtype, [highest(dtype)])], np.square)
