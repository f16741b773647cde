"""FusedPadConv2D: a convolution of a mirrored image."""
import numpy as np
from kit.values import sample
from kit.windows import convolve


def cases(op):
    image, filters = sample("float", (2, 5, 6, 2)), sample("float", (3, 3, 2, 4), 1)
    pads = np.int32([[0, 0], [1, 2], [2, 0], [0, 0]])
    for mode in ["REFLECT", "SYMMETRIC"]:
        for strides, padding in [((1, 1), "VALID"), ((2, 1), "SAME")]:
            op([image, pads, filters], lambda x, p, w: convolve(
                np.pad(x.astype(np.float64), p, mode.lower()), w.astype(np.float64), strides, padding),
               dtype="float", mode=mode, strides=[1, *strides, 1], padding=padding, fed=[0], rtol=1e-5, atol=1e-5)
