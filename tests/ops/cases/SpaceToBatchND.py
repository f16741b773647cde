"""SpaceToBatchND: pads, then the places of each block become images of the batch."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, SIGNED, UNSIGNED, Tensor, sample
from kit.images import space_to_batch

CASES = [((2, 4, 6, 3), (2, 3), ((0, 0), (0, 0))), ((1, 3, 5, 2), (2, 2), ((1, 0), (0, 1))), ((2, 5), (3,), ((1, 3),)),
         ((1, 4, 4, 4, 2), (2, 1, 2), ((0, 0), (2, 1), (1, 1))), ((2, 4, 6, 3), (1, 1), ((0, 0), (0, 0))),
         ((0, 4, 4, 1), (2, 2), ((0, 0), (0, 0))), ((2, 4, 4), (2, 2), ((0, 0), (0, 0)))]


def cases(op):
    def check(dtype, case, kind="int32"):
        shape, block, pads = case
        op([sample(dtype, shape), Tensor(kind, block), Tensor(kind, pads)], space_to_batch, dtype=dtype, fed=[0])
    for dtype in FLOATS + SIGNED + UNSIGNED + COMPLEX + ["bool"]:
        check(dtype, CASES[0])
    for case in CASES:
        check("float", case)
        check("float", case, "int64")
    op([sample("float", (1, 3, 4, 1)), np.int32([2, 2]), np.zeros((2, 2), np.int32)], error="multiple", fed=[0])
    op([sample("float", (1, 4, 4, 1)), np.int32([2, 0]), np.zeros((2, 2), np.int32)], error="block", fed=[0])
    op([sample("float", (1, 4, 4, 1)), np.int32([2, 2]), np.int32([[-2, 0], [0, 0]])], error="paddings", fed=[0])
