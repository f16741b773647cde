"""DepthToSpace: channels become blocks of the image, in both formats."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, SIGNED, UNSIGNED, Tensor, sample
from kit.images import depth_to_space
from kit.windows import swap


def cases(op):
    def check(dtype, shape, size, first=False):
        x = sample(dtype, shape)
        op([Tensor(dtype, swap(x.wide, first))], Tensor(dtype, swap(depth_to_space(x.wide, size), first)),
           block_size=size, data_format="NCHW" if first else "NHWC")
    for dtype in FLOATS + SIGNED + UNSIGNED + COMPLEX + ["bool"]:
        check(dtype, (2, 3, 2, 8), 2)
    for first in [False, True]:
        for shape, size in [((1, 2, 3, 12), 2), ((2, 1, 1, 18), 3), ((1, 4, 4, 16), 4), ((0, 2, 2, 4), 2)]:
            check("float", shape, size, first)
    op([np.ones((1, 2, 2, 6), np.float32)], error="multiple of 4", block_size=2)
    op([np.ones((2, 2, 8), np.float32)], error="rank 4", block_size=2)
