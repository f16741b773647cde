"""AvgPool: in both formats; padding does not count."""
from kit.elementwise import FLOATS, sample
from kit.windows import POOLS, check_pool, pool_mean


def cases(op):
    for first in [False, True]:
        for dtype in FLOATS:
            check_pool(op, pool_mean, dtype, POOLS[0], first)
        for case in POOLS:
            check_pool(op, pool_mean, "float", case, first)
        check_pool(op, pool_mean, "float", POOLS[0], first, batch=0)
    op([sample("float", (1, 4, 6))], error="rank 4", padding="VALID", ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1])
