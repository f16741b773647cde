"""Dilation2D: the largest of input plus filter in a window; padding does not count."""
import numpy as np
from kit.elementwise import FLOATS, SIGNED, UNSIGNED, sample
from kit.windows import Window


def dilate(x, w, strides, rates, padding):
    x, w = [part.astype(np.float64 if part.dtype.kind == "f" else np.int64) for part in (x, w)]
    lowest = -np.inf if x.dtype.kind == "f" else -2**40
    covered = Window(x.shape[1:3], w.shape[:2], strides, padding, list(rates)).covered(x, lowest)
    return (covered + w.reshape(-1, 1, 1, 1, w.shape[2])).max(0)


def cases(op):
    def check(dtype, shape, window, strides, rates, padding):
        op([sample(dtype, shape), sample(dtype, (*window, shape[-1]), seed=1)],
           lambda x, w: dilate(x, w, strides, rates, padding), strides=[1, *strides, 1], rates=[1, *rates, 1],
           padding=padding)
    for dtype in FLOATS + SIGNED + UNSIGNED:
        check(dtype, (2, 5, 6, 3), (3, 3), (1, 1), (1, 1), "SAME")
    for padding in ["SAME", "VALID"]:
        check("float", (1, 7, 8, 2), (2, 3), (2, 2), (1, 1), padding)
        check("float", (1, 9, 8, 2), (3, 2), (1, 2), (2, 3), padding)
    op([sample("float", (1, 4, 4, 3)), sample("float", (2, 2, 2))], error="channels", strides=[1, 1, 1, 1],
       rates=[1, 1, 1, 1], padding="SAME")
