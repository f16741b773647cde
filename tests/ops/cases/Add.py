"""Add: x + y; integers wrap."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, Tensor, binary, highest


def cases(op):
    binary(op, np.add, FLOATS + COMPLEX + ["int8", "int16", "int32", "int64", "uint8"],
           pairs=[(INF, -INF), (NAN, 1), (-0.0, 0.0), (-0.0, -0.0), (0.1, 0.2), (3e38, 3e38)])
    op([Tensor("int32", [highest("int32")]), np.int32(1)], np.int32([-2**31]))
    op([np.float32([1e-40, -1e-40]), np.float32(0)], np.float32([0, 0]))
