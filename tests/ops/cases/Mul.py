"""Mul: x * y; integers wrap, denormal numbers count as 0."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, binary, highest


def cases(op):
    binary(op, np.multiply, FLOATS + SIGNED + UNSIGNED + COMPLEX,
           pairs=[(INF, 0), (NAN, 0), (-0.0, 2), (-1, 0), (0.1, 0.3), (3e38, 10)])
    for dtype in SIGNED + UNSIGNED:
        op([Tensor(dtype, [highest(dtype), highest(dtype)]), Tensor(dtype, [2, highest(dtype)])], np.multiply)
    op([np.float32([1e-40, 1e-20]), np.float32([1, 1e-20])], np.float32([0, 0]), rtol=0, atol=0)
