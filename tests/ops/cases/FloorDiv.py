"""FloorDiv: the quotient rounded down; integer division by zero is an error."""
import numpy as np
from kit.values import SIGNED, UNSIGNED, Tensor, sample


def cases(op):
    for dtype in SIGNED + UNSIGNED:
        divisor = Tensor(dtype, [[1], [2], [7]])
        op([sample(dtype, (3, 4)), divisor], np.floor_divide)
    for dtype in SIGNED:
        op([sample(dtype, (6,)), Tensor(dtype, -3)], np.floor_divide)
    op([np.float32([7, -7, 7, -7]), np.float32([2, 2, -2, -2])], np.floor_divide)
    op([np.int32([1, 2]), np.int32([1, 0])], error="zero")
