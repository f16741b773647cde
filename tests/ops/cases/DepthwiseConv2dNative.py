"""DepthwiseConv2dNative: each channel by itself, in both formats, with every padding."""
from kit.elementwise import FLOATS, sample
from kit.windows import CONVOLUTIONS, check_convolution, convolve_depthwise


def cases(op):
    square = [case for case in CONVOLUTIONS if case[3][0] == case[3][1]]
    for first in [False, True]:
        for dtype in FLOATS:
            check_convolution(op, convolve_depthwise, dtype, CONVOLUTIONS[0], first)
        for seed, case in enumerate(square):
            check_convolution(op, convolve_depthwise, "float", case, first, seed=seed)
        check_convolution(op, convolve_depthwise, "float", CONVOLUTIONS[2], first, batch=0)
        check_convolution(op, convolve_depthwise, "float", ((6, 7, 19), (3, 3), 1, (1, 1), "SAME", None), first)
    op([sample("float", (1, 4, 4, 3)), sample("float", (2, 2, 2, 1))], error="channels", strides=[1, 1, 1, 1],
       padding="VALID")
