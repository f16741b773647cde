"""MaxPool: in both formats; padding does not count."""
import numpy as np
from kit.elementwise import FLOATS, INF, sample
from kit.windows import POOLS, check_pool, pool_max

COMMON = {"ksize": [1, 2, 2, 1], "strides": [1, 2, 2, 1]}


def cases(op):
    for first in [False, True]:
        for dtype in FLOATS + ["int8", "int16", "int32", "int64", "uint8", "uint16"]:
            check_pool(op, pool_max, dtype, POOLS[0], first)
        for case in POOLS + [((5, 6, 3), (3, 3), (2, 2), [(1, 1), (0, 1)])]:
            check_pool(op, pool_max, "float", case, first)
        check_pool(op, pool_max, "float", POOLS[0], first, batch=0)
    op([np.full((1, 2, 2, 1), -INF, np.float32)], np.full((1, 1, 1, 1), np.finfo(np.float32).min), padding="SAME",
       **COMMON)
    op([-abs(sample("float", (1, 3, 3, 2)).data) - 1], lambda x: pool_max(x, (2, 2), (2, 2), "SAME"), padding="SAME",
       **COMMON)
    op([sample("float", (1, 4, 6))], error="rank 4", padding="VALID", **COMMON)
    op([sample("float", (1, 1, 4, 6))], np.zeros((1, 0, 2, 6), np.float32), padding="VALID", **COMMON)
