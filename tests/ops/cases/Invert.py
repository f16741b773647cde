"""Invert: the bits not set in x."""
import numpy as np
from kit.elementwise import SIGNED, UNSIGNED, Tensor, highest, lowest, unary


def cases(op):
    unary(op, np.invert, SIGNED + UNSIGNED)
    for dtype in SIGNED + UNSIGNED:
        op([Tensor(dtype, [lowest(dtype), highest(dtype)])], np.invert)
