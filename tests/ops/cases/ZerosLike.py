"""ZerosLike: zeros in the shape of a tensor; of strings, empty ones."""
import numpy as np
from kit.movement import ANY, sample


def cases(op):
    for dtype in ANY:
        op([sample(dtype, (2, 3))], np.zeros_like, rtol=0, atol=0)
    for shape in [(), (0, 4), (2, 1, 2, 1, 2, 1, 2, 1), (1003,)]:
        op([sample("float", shape)], np.zeros_like)
    op([np.float32([np.nan, np.inf])], np.zeros_like)
