"""Log: the natural logarithm."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, nonzero, sample, unary, within


def cases(op):
    unary(op, np.log, FLOATS, low=0, limits=within,
          points=[0.0, -0.0, 1, -1, INF, -INF, NAN, 1e-37, 3e38, 1.0000001, 0.9999999])
    for dtype in COMPLEX:
        op([nonzero(sample(dtype, (3, 5)))], np.log)
