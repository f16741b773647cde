"""LogSoftmax: x - log(sum(exp(x))) along the last dimension, also of large x."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, double, sample


def log_softmax(x):
    shifted = x - np.max(x, -1, keepdims=True, initial=-INF)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def cases(op):
    for dtype in FLOATS:
        op([sample(dtype, (3, 5))], double(log_softmax), rtol={"half": 1e-3, "bfloat16": 1e-2}.get(dtype, 1e-5))
    for shape in [(7,), (2, 3, 4), (2, 1, 2, 1, 3), (0, 3), (5, 1), (2, 1000), (64, 10)]:
        op([sample("float", shape)], double(log_softmax), rtol=1e-5, atol=1e-6)
    op([np.float32([[1000, 1001, 999], [-1000, -1001, -999], [-INF, 0, 1]])], double(log_softmax), rtol=1e-5, atol=1e-6)
    op([np.float32([[NAN, 0, 1], [0, 0, 0]])], np.float32([[NAN] * 3, [-np.log(3)] * 3]))
    op([np.float32(1)], error="no scalars")
