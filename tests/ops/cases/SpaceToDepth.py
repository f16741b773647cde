"""SpaceToDepth: blocks of the image become channels, in both formats."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, SIGNED, UNSIGNED, Tensor, sample
from kit.images import space_to_depth
from kit.windows import swap


def cases(op):
    def check(dtype, shape, size, first=False):
        x = sample(dtype, shape)
        op([Tensor(dtype, swap(x.wide, first))], Tensor(dtype, swap(space_to_depth(x.wide, size), first)),
           block_size=size, data_format="NCHW" if first else "NHWC")
    for dtype in FLOATS + SIGNED + UNSIGNED + COMPLEX + ["bool"]:
        check(dtype, (2, 4, 2, 3), 2)
    for first in [False, True]:
        for shape, size in [((1, 2, 4, 3), 2), ((2, 3, 6, 1), 3), ((1, 4, 4, 2), 4), ((0, 2, 2, 4), 2)]:
            check("float", shape, size, first)
    op([np.ones((1, 3, 2, 6), np.float32)], error="multiple", block_size=2)
    op([np.ones((2, 2, 8), np.float32)], error="rank 4", block_size=2)
