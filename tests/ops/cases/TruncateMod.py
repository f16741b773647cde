"""TruncateMod: the remainder of TruncateDiv, of the sign of x."""
import numpy as np
from kit.elementwise import INF, NAN, Tensor, binary, divides_by_zero, lowest, nonzero, sample


def cases(op):
    binary(op, np.fmod, ["int32", "int64"], second=nonzero)
    for dtype in ["float", "double", "half", "bfloat16"]:
        op([sample(dtype, (3, 4)), nonzero(sample(dtype, (4,), seed=1))], np.fmod)
    op([np.float64([7, -7, 5.3, -7, 1, NAN, INF, 3]), np.float64([2, 2, -2, -2, 0, 1, 2, INF])], np.fmod)
    op([Tensor("int64", [lowest("int64")]), np.int64(-1)], np.int64([0]))
    divides_by_zero(op, ["int32", "int64"])
