"""RealDiv: x / y."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, binary, nonzero, sample


def cases(op):
    binary(op, np.divide, FLOATS, second=nonzero,
           pairs=[(1, 0.0), (-1, 0.0), (1, -0.0), (0, 0), (INF, INF), (1, INF), (NAN, 1), (-0.0, 3), (1, 3)])
    for dtype in COMPLEX:
        op([sample(dtype, (3, 4)), nonzero(sample(dtype, (4,), seed=1))], np.divide)
