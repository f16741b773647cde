"""AdjustHue: turns the hue."""
import numpy as np
from kit.colours import convert, to_hsv, to_rgb


def turned(delta):
    def turn(rgb):
        hsv = to_hsv(rgb)
        hsv[..., 0] = np.mod(hsv[..., 0] + delta, 1)
        return to_rgb(hsv)
    return turn


def cases(op):
    for delta in [0.0, 0.25, -0.5, 0.875]:
        convert(op, turned(delta), ["float", "half"], np.float32(delta))
    op([np.ones((2, 2, 4), np.float32), np.float32(0)], error="3")
