"""Colours in numpy: the last dimension is red, green, blue or hue, saturation, value."""
import numpy as np

from kit.elementwise import double
from kit.values import sample


def to_hsv(rgb):
    r, g, b = np.moveaxis(rgb, -1, 0)
    value, span = np.max(rgb, -1), np.ptp(rgb, -1)
    norm = 1 / np.where(span > 0, 6 * span, 1)
    hue = np.where(r == value, norm * (g - b), np.where(g == value, norm * (b - r) + 1 / 3, norm * (r - g) + 2 / 3))
    hue = np.where(span > 0, np.where(hue < 0, hue + 1, hue), 0)
    return np.stack([hue, np.where(value > 0, span / np.where(value > 0, value, 1), 0), value], -1)


def to_rgb(hsv):
    hue, saturation, value = np.moveaxis(hsv, -1, 0)
    around = hue * 6
    parts = [np.abs(around - 3) - 1, 2 - np.abs(around - 2), 2 - np.abs(around - 4)]
    return np.stack([(1 - saturation + saturation * np.clip(part, 0, 1)) * value for part in parts], -1)


LIMITS = {"float": (1e-5, 1e-5), "double": (None, None), "half": (1e-3, 4e-3), "bfloat16": (8e-3, 3e-2)}


def convert(op, function, dtypes, *more):
    """Of images of each type, and of some shapes."""
    cases = [(dtype, (2, 4, 3)) for dtype in dtypes]
    cases += [("float", shape) for shape in ((0, 5, 3), (2, 3, 4, 3), (257, 2, 3))]
    for dtype, shape in cases:
        rtol, atol = LIMITS[dtype]
        op([sample(dtype, shape, low=0, high=1), *more], lambda x, *_: double(function)(x), rtol=rtol, atol=atol)
