"""Conv2D: in both formats, with every padding, strides, dilations and groups."""
from kit.elementwise import FLOATS, sample
from kit.windows import CONVOLUTIONS, check_convolution, convolve


def cases(op):
    for first in [False, True]:
        for dtype in FLOATS + ["int32"]:
            check_convolution(op, convolve, dtype, CONVOLUTIONS[0], first)
        for seed, case in enumerate(CONVOLUTIONS):
            check_convolution(op, convolve, "float", case, first, seed=seed)
        check_convolution(op, convolve, "float", CONVOLUTIONS[2], first, batch=0)
        for case in CONVOLUTIONS[0], CONVOLUTIONS[3], CONVOLUTIONS[6]:
            check_convolution(op, convolve, "float", case, first, groups=3)
    image = sample("float", (1, 4, 4, 3))
    common = {"strides": [1, 1, 1, 1], "padding": "VALID"}
    op([image, sample("float", (2, 2, 2, 4))], error="channels", **common)
    op([image, sample("float", (6, 2, 3, 4))], error="window that fits", **common)
    op([sample("float", (4, 4, 3)), sample("float", (2, 2, 3, 4))], error="rank 4", **common)
    op([image, sample("float", (2, 2, 3, 4))], error="strides", strides=[1, 0, 1, 1], padding="SAME")
    op([image, sample("float", (2, 2, 3, 4))], error="explicit_paddings", explicit_paddings=[0, 0, 1, 1, 1, 1, 0, 0],
       **common)
