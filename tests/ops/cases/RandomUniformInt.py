"""RandomUniformInt: integers from a minimum to below a maximum."""
import numpy as np
from kit.philox import SEEDS, SHAPES, integers, of_node, tensor
from kit.values import Tensor


def cases(op):
    def check(dtype, shape, seed, low, high, kind="int32"):
        numbers = integers(dtype, of_node(*seed), int(np.prod(shape)), low, high)
        op([Tensor(kind, shape), Tensor(dtype, low), Tensor(dtype, high)], tensor(dtype, numbers, shape), dtype=dtype,
           seed=seed[0], seed2=seed[1])
    for dtype in ["int32", "int64"]:
        for low, high in [(0, 10), (-7, 3), (5, 6), (-(2**31), 2**31 - 1)]:
            check(dtype, (2, 5), SEEDS[0], low, high)
        for shape in SHAPES:
            check(dtype, shape, SEEDS[0], 0, 1000)
    for seed in SEEDS[1:]:
        check("int32", (6,), seed, 0, 100, "int64")
    op([np.int32([2]), np.int32(3), np.int32(3)], error="minval", seed=1)
    op([np.int32([-2]), np.int32(0), np.int32(3)], error="shape", seed=1)
