"""ResizeBicubic: by cubic convolution; the result is f32."""
import numpy as np
from kit.elementwise import FLOATS, sample
from kit.images import RESIZES, resize_bicubic


def cases(op):
    def check(dtype, shape, size, **given):
        op([sample(dtype, shape), np.int32(size)], lambda x, out: resize_bicubic(x, out, **given), dtype="float",
           fed=[0], rtol=1e-4, atol=1e-4, **given)
    for dtype in FLOATS + ["int8", "int16", "int32", "int64", "uint8", "uint16"]:
        check(dtype, (1, 4, 5, 2), (6, 3))
    for sizes, out in RESIZES:
        check("float", (2, *sizes, 3), out)
        check("float", (2, *sizes, 3), out, half_pixel_centers=True)
        check("float", (2, *sizes, 3), out, align_corners=True)
    op([sample("float", (4, 5, 2)), np.int32([6, 3])], error="rank 4", fed=[0])
    op([sample("float", (1, 4, 5, 2)), np.int32([6, 0])], error="size", fed=[0])
