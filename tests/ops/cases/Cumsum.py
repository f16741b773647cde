"""Cumsum: sums of what comes before, along an axis."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, NAN, SIGNED, UNSIGNED
from kit.reductions import cumulate


def cases(op):
    cumulate(op, np.cumsum, 0, FLOATS + SIGNED + UNSIGNED + COMPLEX)
    op([np.float32([1, NAN, 2]), np.int32(0)], np.float32([1, NAN, NAN]), fed=[0])
