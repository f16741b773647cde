"""ExtractImagePatches: what a window covers becomes channels; zeros outside of the image."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, SIGNED, UNSIGNED, sample
from kit.windows import Window


def cases(op):
    def check(dtype, shape, window, strides, rates, padding):
        def extract(x):
            covered = Window(shape[1:3], window, strides, padding, list(rates)).covered(x, 0)
            return np.concatenate(list(covered), -1)
        op([sample(dtype, shape)], extract, dtype=dtype, ksizes=[1, *window, 1], strides=[1, *strides, 1],
           rates=[1, *rates, 1], padding=padding)
    for dtype in FLOATS + SIGNED + UNSIGNED + COMPLEX + ["bool"]:
        check(dtype, (2, 5, 6, 3), (3, 2), (1, 1), (1, 1), "SAME")
    for padding in ["SAME", "VALID"]:
        check("float", (1, 7, 8, 2), (2, 3), (2, 3), (1, 1), padding)
        check("float", (1, 9, 8, 1), (3, 2), (1, 2), (2, 3), padding)
    op([sample("float", (4, 4, 3))], error="4 dimensions", ksizes=[1, 2, 2, 1], strides=[1, 1, 1, 1], rates=[1, 1, 1, 1],
       padding="VALID")
