"""AdjustSaturation: scales the saturation."""
import numpy as np
from kit.colours import convert, to_hsv, to_rgb


def scaled(scale):
    def change(rgb):
        hsv = to_hsv(rgb)
        hsv[..., 1] = np.clip(hsv[..., 1] * scale, 0, 1)
        return to_rgb(hsv)
    return change


def cases(op):
    for scale in [0.0, 0.5, 1.0, 3.0]:
        convert(op, scaled(scale), ["float", "half"], np.float32(scale))
    op([np.ones((2, 2, 4), np.float32), np.float32(1)], error="3")
