"""Sign: -1, 0 or 1; NaN stays; of complex numbers x / |x|."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, SIGNED, Tensor, lowest, sample, unary


def cases(op):
    unary(op, np.sign, FLOATS + SIGNED)
    op([np.float32([0, INF, -INF, NAN, 1e-30, -1e-30])], np.sign)
    for dtype in SIGNED:
        op([Tensor(dtype, [lowest(dtype), -1, 0])], np.sign)
    for dtype in COMPLEX:
        op([nonzero_some(sample(dtype, (3, 5)))], lambda x: np.where(x == 0, 0, x / np.where(x == 0, 1, np.abs(x))))


def nonzero_some(tensor):
    """One element is 0."""
    data = tensor.data.copy()
    data[0, 0] = 0
    return Tensor(tensor.dtype, data)
