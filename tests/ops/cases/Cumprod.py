"""Cumprod: products of what comes before, along an axis."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, NAN, SIGNED, UNSIGNED
from kit.reductions import cumulate


def cases(op):
    cumulate(op, np.cumprod, 1, FLOATS + SIGNED + UNSIGNED + COMPLEX)
    op([np.float32([2, NAN, 0]), np.int32(0)], np.float32([2, NAN, NAN]), fed=[0])
