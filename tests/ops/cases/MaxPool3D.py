"""MaxPool3D: in both formats; padding does not count."""
from kit.elementwise import sample
from kit.windows import POOLS_3D, check_pool, pool_max


def cases(op):
    for first in [False, True]:
        for dtype in ["float", "half", "bfloat16"]:
            check_pool(op, pool_max, dtype, POOLS_3D[0], first)
        for case in POOLS_3D:
            check_pool(op, pool_max, "float", case, first)
    op([sample("float", (1, 4, 6, 2))], error="rank 5", padding="VALID", ksize=[1, 2, 2, 2, 1], strides=[1, 2, 2, 2, 1])
