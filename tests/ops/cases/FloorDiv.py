"""FloorDiv: the quotient rounded down; integer division by zero is an error."""
import numpy as np
from kit.elementwise import FLOATS, SIGNED, UNSIGNED, Tensor, binary, divides_by_zero, lowest, nonzero, sample


def cases(op):
    binary(op, np.floor_divide, SIGNED + UNSIGNED, second=nonzero)
    for dtype in FLOATS:
        op([sample(dtype, (3, 4)), nonzero(sample(dtype, (4,), seed=1))], np.floor_divide)
    op([np.float32([7, -7, 7, -7, -0.0, 1]), np.float32([2, 2, -2, -2, 3, -3])], np.floor_divide, rtol=0, atol=0)
    op([Tensor("int64", [lowest("int64")]), np.int64(-1)], np.int64([-2**63]))
    op([Tensor("int32", [lowest("int32"), lowest("int32")]), np.int32([3, -3])], np.floor_divide)
    divides_by_zero(op, SIGNED + UNSIGNED)
