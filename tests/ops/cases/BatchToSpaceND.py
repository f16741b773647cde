"""BatchToSpaceND: the images of a batch become the places of blocks, then it crops."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, SIGNED, UNSIGNED, Tensor, sample
from kit.images import batch_to_space

CASES = [((12, 2, 3, 2), (2, 3), ((0, 0), (0, 0))), ((4, 3, 5, 2), (2, 2), ((1, 0), (0, 3))), ((6, 5), (3,), ((1, 3),)),
         ((4, 2, 3, 2, 2), (2, 1, 2), ((0, 1), (1, 1), (2, 0))), ((2, 4, 6, 3), (1, 1), ((0, 0), (0, 0))),
         ((0, 4, 4, 1), (2, 2), ((0, 0), (0, 0))), ((4, 2, 3), (2, 2), ((0, 0), (0, 0)))]


def cases(op):
    def check(dtype, case, kind="int32"):
        shape, block, crops = case
        op([sample(dtype, shape), Tensor(kind, block), Tensor(kind, crops)], batch_to_space, dtype=dtype, fed=[0])
    for dtype in FLOATS + SIGNED + UNSIGNED + COMPLEX + ["bool"]:
        check(dtype, CASES[0])
    for case in CASES:
        check("float", case)
        check("float", case, "int64")
    op([sample("float", (3, 3, 4, 1)), np.int32([2, 2]), np.zeros((2, 2), np.int32)], error="multiple", fed=[0])
    op([sample("float", (4, 1, 1, 1)), np.int32([2, 2]), np.int32([[2, 1], [0, 0]])], error="crops", fed=[0])
