"""FloorMod: the remainder of FloorDiv, of the sign of y; of integers by 0 an error."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, binary, divides_by_zero, lowest, nonzero, sample


def cases(op):
    binary(op, np.mod, SIGNED + UNSIGNED, second=nonzero)
    for dtype in FLOATS:
        op([sample(dtype, (3, 4)), nonzero(sample(dtype, (4,), seed=1))], np.mod)
    op([np.float32([7, -7, 7, -7, 1, NAN, INF]), np.float32([2, 2, -2, -2, 0, 1, 2])],
       np.float32([1, 1, -1, -1, NAN, NAN, NAN]))
    op([Tensor("int32", [lowest("int32"), 7]), np.int32([-1, -1])], np.int32([0, 0]))
    divides_by_zero(op, ["int8", "int32", "int64", "uint16"])
