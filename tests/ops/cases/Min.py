"""Min: the smallest element over some dimensions; NaN if one is."""
import numpy as np
from kit.elementwise import FLOATS, INF, SIGNED, UNSIGNED, Tensor, highest
from kit.reductions import nan_stays, reduce


def cases(op):
    reduce(op, np.min, FLOATS + SIGNED + UNSIGNED, empty=INF)
    nan_stays(op)
    for dtype in SIGNED + UNSIGNED:
        op([Tensor(dtype, [[highest(dtype), highest(dtype)], [1, 2]]), np.int32([1])], lambda x, _: x.min(1), fed=[0])
        op([Tensor(dtype, np.zeros((0,))), np.int32([0])], Tensor(dtype, highest(dtype)), fed=[0])
    op([np.float32([[INF, INF], [-INF, 1]]), np.int32([1])], np.float32([INF, -INF]), fed=[0])
