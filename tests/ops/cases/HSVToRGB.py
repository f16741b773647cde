"""HSVToRGB: red, green and blue of hue, saturation and value."""
import numpy as np
from kit.colours import convert, to_rgb
from kit.elementwise import FLOATS


def cases(op):
    convert(op, to_rgb, FLOATS)
    op([np.float32([[0, 0, 0], [1, 1, 1], [1 / 3, 1, 1], [2 / 3, 1, 0.5], [0.5, 0.25, 1]])], to_rgb, rtol=1e-5,
       atol=1e-6)
    op([np.ones((2, 4), np.float32)], error="3")
