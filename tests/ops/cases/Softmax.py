"""Softmax: exp(x) / sum(exp(x)) along the last dimension, also of large x."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, double, sample
from kit.reductions import softmax


def cases(op):
    for dtype in FLOATS:
        op([sample(dtype, (3, 5))], double(softmax), atol={"half": 1e-3, "bfloat16": 4e-3}.get(dtype, 1e-6))
    for shape in [(7,), (2, 3, 4), (2, 1, 2, 1, 3), (0, 3), (5, 1), (2, 1000), (64, 10)]:
        op([sample("float", shape)], double(softmax), rtol=1e-5, atol=1e-6)
    op([np.float32([[1000, 1001, 999], [-1000, -1001, -999], [-INF, 0, 1]])], double(softmax), rtol=1e-5, atol=1e-6)
    op([np.float32([[NAN, 0, 1], [0, 0, 0]])], np.float32([[NAN] * 3, [1 / 3] * 3]))
    op([np.float32(1)], error="no scalars")
