"""MirrorPad: a tensor mirrored around itself, with or without its border."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, SIGNED, UNSIGNED, Tensor, sample

CASES = [((5,), [[1, 2]]), ((5,), [[4, 4]]), ((2, 3), [[0, 0], [0, 0]]), ((3, 3, 4), [[1, 0], [0, 2], [3, 1]]),
         ((2, 2, 3, 2, 2), [[0, 1], [1, 0], [0, 0], [1, 1], [1, 1]]), ((3, 70), [[1, 1], [3, 5]])]


def cases(op):
    def check(dtype, shape, pads, mode, kind="int32"):
        op([sample(dtype, shape), Tensor(kind, pads)], lambda x, p: np.pad(x, p, mode.lower()), dtype=dtype, fed=[0],
           mode=mode)
    for dtype in FLOATS + SIGNED + UNSIGNED + COMPLEX + ["bool"]:
        check(dtype, (2, 3), [[1, 0], [0, 2]], "REFLECT")
    for mode in ["REFLECT", "SYMMETRIC"]:
        for shape, pads in CASES:
            check("float", shape, pads, mode)
        check("float", (3, 4), [[1, 1], [2, 2]], mode, "int64")
    check("float", (2, 3), [[2, 2], [3, 0]], "SYMMETRIC")
    op([sample("float", (3,)), np.int32([[3, 0]])], error="paddings", fed=[0], mode="REFLECT")
    op([sample("float", (3,)), np.int32([[0, 4]])], error="paddings", fed=[0], mode="SYMMETRIC")
    op([sample("float", (3,)), np.int32([[-1, 0]])], error="paddings", fed=[0], mode="REFLECT")
