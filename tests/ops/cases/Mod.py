"""Mod: the remainder of the division toward 0, of the sign of x."""
import numpy as np
from kit.elementwise import INF, NAN, Tensor, binary, divides_by_zero, lowest, nonzero, sample


def cases(op):
    binary(op, np.fmod, ["int32", "int64"], second=nonzero)
    for dtype in ["float", "double", "half", "bfloat16"]:
        op([sample(dtype, (3, 4)), nonzero(sample(dtype, (4,), seed=1))], np.fmod)
    op([np.float32([7, -7, 7, -7, 1, NAN, INF, 3]), np.float32([2, 2, -2, -2, 0, 1, 2, INF])],
       np.float32([1, -1, 1, -1, NAN, NAN, NAN, 3]))
    op([Tensor("int32", [lowest("int32")]), np.int32(-1)], np.int32([0]))
    divides_by_zero(op, ["int32", "int64"])
