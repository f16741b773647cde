"""AvgPool3D: in both formats; padding does not count."""
from kit.elementwise import FLOATS, sample
from kit.windows import POOLS_3D, check_pool, pool_mean


def cases(op):
    for first in [False, True]:
        for dtype in FLOATS:
            check_pool(op, pool_mean, dtype, POOLS_3D[0], first)
        for case in POOLS_3D:
            check_pool(op, pool_mean, "float", case, first)
    op([sample("float", (1, 4, 6, 2))], error="rank 5", padding="VALID", ksize=[1, 2, 2, 2, 1], strides=[1, 2, 2, 2, 1])
