"""BatchToSpace: BatchToSpaceND with square blocks over two dimensions."""
import numpy as np
from kit.elementwise import FLOATS, SIGNED, sample
from kit.images import batch_to_space


def cases(op):
    def check(dtype, shape, size, crops):
        op([sample(dtype, shape), np.int32(crops)], lambda x, c: batch_to_space(x, (size, size), c), fed=[0],
           block_size=size)
    for dtype in FLOATS + SIGNED + ["uint8", "complex64"]:
        check(dtype, (8, 2, 3, 3), 2, ((0, 0), (0, 0)))
    check("float", (9, 3, 5, 2), 3, ((2, 1), (0, 4)))
    op([sample("float", (3, 3, 4, 1)), np.zeros((2, 2), np.int32)], error="multiple", fed=[0], block_size=2)
    op([sample("float", (4, 4, 4)), np.zeros((2, 2), np.int32)], error="rank 4", fed=[0], block_size=2)
