"""Fill: a shape full of one value."""
import numpy as np
from kit.movement import FEW, Tensor, both, sample


def cases(op):
    def full(dims, value):
        return np.full(dims, value)
    for dtype in FEW:
        both(op, [np.int32([2, 3]), sample(dtype, (), seed=1)], full, dtype=dtype, fed=[1])
    for dims in [[], [0], [3, 0], [1003], [2, 1, 2, 1, 2, 1, 2, 1]]:
        both(op, [Tensor("int32", dims), np.float32(np.nan)], full, dtype="float", fed=[1])
        op([Tensor("int64", dims), np.float32(-0.0)], full, dtype="float", rtol=0, atol=0)
    both(op, [np.int32([2, -1]), np.float32(1)], error="expects a shape", fed=[1])
    both(op, [np.int64([2**40, 2**40]), np.float32(1)], error="shape", fed=[1])
