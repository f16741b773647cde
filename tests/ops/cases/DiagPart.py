"""DiagPart: the diagonal of a tensor whose shape is the same twice."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, sample


def cases(op):
    def diagonal(x):
        half = x.shape[:x.ndim // 2]
        return np.diagonal(x.reshape((int(np.prod(half)),) * 2)).reshape(half)
    for dtype in FLOATS + ["int32", "int64"] + COMPLEX:
        op([sample(dtype, (3, 3))], diagonal)
    for shape in [(1,), (0,), (2, 3), (0, 2), (2, 1, 2), (2, 1, 2, 2), (70,)]:
        op([sample("float", shape * 2)], diagonal)
    for shape in [(3,), (3, 4), (2, 3, 3, 2)]:
        op([sample("float", shape)], error="DiagPart")
