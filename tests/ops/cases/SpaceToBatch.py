"""SpaceToBatch: SpaceToBatchND with square blocks over two dimensions."""
import numpy as np
from kit.elementwise import FLOATS, SIGNED, sample
from kit.images import space_to_batch


def cases(op):
    def check(dtype, shape, size, pads):
        op([sample(dtype, shape), np.int32(pads)], lambda x, p: space_to_batch(x, (size, size), p), fed=[0],
           block_size=size)
    for dtype in FLOATS + SIGNED + ["uint8", "complex64"]:
        check(dtype, (2, 4, 6, 3), 2, ((0, 0), (0, 0)))
    check("float", (1, 3, 5, 2), 3, ((2, 1), (0, 1)))
    op([sample("float", (1, 3, 4, 1)), np.zeros((2, 2), np.int32)], error="multiple", fed=[0], block_size=2)
    op([sample("float", (1, 4, 4)), np.zeros((2, 2), np.int32)], error="rank 4", fed=[0], block_size=2)
