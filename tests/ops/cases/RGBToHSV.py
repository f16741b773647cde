"""RGBToHSV: hue, saturation and value of red, green and blue."""
import numpy as np
from kit.colours import convert, to_hsv
from kit.elementwise import FLOATS


def cases(op):
    convert(op, to_hsv, FLOATS)
    op([np.float32([[0, 0, 0], [1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0.5]])], to_hsv, rtol=1e-5, atol=1e-6)
    op([np.ones((2, 4), np.float32)], error="3")
