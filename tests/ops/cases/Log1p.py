"""Log1p: the natural logarithm of 1 + x."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, Tensor, sample, unary, within


def cases(op):
    unary(op, np.log1p, FLOATS, low=0, limits=within,
          points=[0.0, -0.0, -1, -2, INF, -INF, NAN, 1e-8, -1e-8, 1e-30, 3e38, -0.999])
    for dtype in COMPLEX:
        op([Tensor(dtype, sample(dtype, (3, 5)).data + 7)], np.log1p)
