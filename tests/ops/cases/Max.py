"""Max: the largest element over some dimensions; NaN if one is."""
import numpy as np
from kit.elementwise import FLOATS, INF, SIGNED, UNSIGNED, Tensor, lowest
from kit.reductions import nan_stays, reduce


def cases(op):
    reduce(op, np.max, FLOATS + SIGNED + UNSIGNED, empty=-INF)
    nan_stays(op)
    for dtype in SIGNED:
        op([Tensor(dtype, [[lowest(dtype), lowest(dtype)], [-1, -2]]), np.int32([1])], lambda x, _: x.max(1), fed=[0])
        op([Tensor(dtype, np.zeros((0,))), np.int32([0])], Tensor(dtype, lowest(dtype)), fed=[0])
    op([np.float32([[-INF, -INF], [INF, 1]]), np.int32([1])], np.float32([-INF, INF]), fed=[0])
