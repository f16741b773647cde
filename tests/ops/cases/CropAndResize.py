"""CropAndResize: boxes cut out of images and resized; outside is one value."""
import numpy as np
from kit.elementwise import sample
from kit.images import crop_and_resize

BOXES = np.float32([[0, 0, 1, 1], [0.25, 0.125, 0.75, 0.5], [-0.5, 0.25, 0.5, 1.5], [0.75, 0.875, 0.25, 0.125]])


def cases(op):
    def check(dtype, size, boxes=BOXES, numbers=(0, 1, 1, 0), **given):
        op([sample(dtype, (2, 5, 9, 3)), boxes, np.int32(numbers), np.int32(size)],
           lambda x, b, n, s: crop_and_resize(x, b, n, s, **given), dtype="float", rtol=1e-5, atol=1e-5, fed=[0, 1, 2],
           **given)
    for dtype in ["float", "double", "half", "int8", "int16", "int32", "int64", "uint8", "uint16"]:
        check(dtype, (3, 5))
    for size in [(1, 1), (5, 9), (10, 4)]:
        check("float", size)
        check("float", size, extrapolation_value=-7.5)
        check("float", size, method="nearest")
    check("float", (3, 3), BOXES[:0], ())
    given = sample("float", (2, 5, 9, 3))
    for number in [2, -1]:
        op([given, BOXES[:1], np.int32([number]), np.int32([3, 3])], error="box_ind", fed=[0, 1, 2])
    op([given, BOXES[:2], np.int32([0]), np.int32([3, 3])], error="box_ind", fed=[0, 1, 2])
