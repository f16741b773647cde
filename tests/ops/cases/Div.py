"""Div: x / y; integers are divided toward 0, by 0 is an error."""
import numpy as np
from kit.elementwise import (COMPLEX, FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, binary, divides_by_zero, lowest,
                             nonzero, sample)
from kit.integers import truncate_divide


def cases(op):
    binary(op, np.divide, FLOATS, second=nonzero,
           pairs=[(1, 0.0), (-1, 0.0), (1, -0.0), (0, 0), (INF, INF), (NAN, 1), (-0.0, 3), (1, 3)])
    for dtype in COMPLEX:
        op([sample(dtype, (3, 4)), nonzero(sample(dtype, (4,), seed=1))], np.divide)
    for dtype in SIGNED + UNSIGNED:
        op([sample(dtype, (3, 4)), nonzero(sample(dtype, (4,), seed=1))], truncate_divide)
    op([Tensor("int32", [lowest("int32")]), np.int32(-1)], np.int32([-2**31]))
    divides_by_zero(op, ["int32", "int64", "uint8"])
