"""Complex: of real and imaginary parts."""
import numpy as np
from kit.elementwise import BROADCASTS, sample


def cases(op):
    for dtype, out in [("float", "complex64"), ("double", "complex128")]:
        for x, y in BROADCASTS:
            op([sample(dtype, x), sample(dtype, y, seed=1)], lambda re, im: re + 1j * im, dtype=out, Tout=out)
    op([np.float32([1, 2]), np.float32([1, 2, 3])], error="broadcast")
