"""Pad: zeros around a tensor."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, SIGNED, UNSIGNED, Tensor, sample

CASES = [((5,), [[1, 2]]), ((2, 3), [[0, 0], [0, 0]]), ((2, 3, 4), [[1, 0], [0, 2], [3, 1]]),
         ((0, 3), [[1, 2], [0, 1]]), ((2, 1, 3, 1, 2), [[0, 1], [1, 0], [0, 0], [2, 2], [1, 1]]),
         ((), np.zeros((0, 2))), ((3, 70), [[1, 1], [3, 5]])]


def cases(op):
    def check(dtype, shape, pads, kind="int32"):
        op([sample(dtype, shape), Tensor(kind, pads)], lambda x, p: np.pad(x, p) if x.ndim else x, dtype=dtype, fed=[0])
    for dtype in FLOATS + SIGNED + UNSIGNED + COMPLEX + ["bool"]:
        check(dtype, (2, 3), [[1, 0], [0, 2]])
    for shape, pads in CASES:
        check("float", shape, pads)
        check("float", shape, pads, "int64")
    op([sample("float", (2, 3)), np.int32([[1, 1]])], error="paddings", fed=[0])
    op([sample("float", (2,)), np.int32([[-1, 1]])], error="paddings", fed=[0])
