"""Add: x + y; integers wrap, strings are put one behind the other."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, Tensor, binary, highest, sample


def cases(op):
    binary(op, np.add, FLOATS + COMPLEX + ["int8", "int16", "int32", "int64", "uint8"],
           pairs=[(INF, -INF), (NAN, 1), (-0.0, 0.0), (-0.0, -0.0), (0.1, 0.2), (3e38, 3e38)])
    op([Tensor("int32", [highest("int32")]), np.int32(1)], np.int32([-2**31]))
    op([np.float32([1e-40, -1e-40]), np.float32(0)], np.float32([0, 0]))
    for x, y in [((2, 3), (2, 3)), ((2, 3), (1, 3)), ((), (4,)), ((2, 1), (3,)), ((0, 3), (3,))]:
        x, y = sample("string", x), sample("string", y, seed=1)
        op([x, y], Tensor("string", x.data.astype(object) + y.data.astype(object)))
    op([sample("string", (2,)), sample("string", (3,))], error="broadcast")
