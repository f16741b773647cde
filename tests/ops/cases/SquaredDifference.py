"""SquaredDifference: (x - y)^2; of complex numbers (x - y) * conj(x - y)."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, binary, sample


def cases(op):
    binary(op, lambda x, y: np.square(x - y), FLOATS + ["int32", "int64"],
           pairs=[(INF, INF), (NAN, 1), (-0.0, 0), (3e38, -3e38), (1.5, 0.25)])
    for dtype in COMPLEX:
        op([sample(dtype, (3, 4)), sample(dtype, (4,), seed=1)], lambda x, y: (x - y) * np.conj(x - y))
