"""FusedResizeAndPadConv2D: a convolution of a resized and mirrored image."""
import numpy as np
from kit.images import resize_bilinear
from kit.values import sample
from kit.windows import convolve


def cases(op):
    image, filters = sample("float", (2, 5, 6, 2)), sample("float", (3, 3, 2, 4), 1)
    pads = np.int32([[0, 0], [1, 2], [2, 0], [0, 0]])
    for corners in [False, True]:
        for mode in ["REFLECT", "SYMMETRIC"]:
            op([image, np.int32([7, 9]), pads, filters], lambda x, size, p, w: convolve(
                np.pad(resize_bilinear(x, size, align_corners=corners).astype(np.float64), p, mode.lower()),
                w.astype(np.float64), (1, 1), "VALID"),
               dtype="float", mode=mode, resize_align_corners=corners, strides=[1, 1, 1, 1], padding="VALID",
               fed=[0], rtol=1e-4, atol=1e-4)
