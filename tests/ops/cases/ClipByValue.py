"""ClipByValue: at least one bound and at most the other; NaN stays."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, sample


def cases(op):
    for dtype in FLOATS + SIGNED + UNSIGNED:
        op([sample(dtype, (3, 5)), Tensor(dtype, 1), Tensor(dtype, 3)], np.clip)
    for shape in [(), (0, 2), (1003,), (2, 1, 3, 1, 2)]:
        op([sample("float", shape), np.float32(-1), np.float32(2)], np.clip)
    bounds = sample("float", (3, 5), seed=1)
    op([sample("float", (3, 5)), bounds, Tensor("float", bounds.data + 1)], np.clip)
    op([np.float32([NAN, INF, -INF, 0.5]), np.float32(-1), np.float32(1)], np.clip)
    op([np.float32([1, 5]), np.float32(3), np.float32(2)], np.float32([3, 3]))
