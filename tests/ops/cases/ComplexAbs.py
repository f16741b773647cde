"""ComplexAbs: the absolute value, without overflow in between."""
import numpy as np
from kit.complexes import parts


def cases(op):
    parts(op, np.abs)
    op([np.complex64([3e30 + 4e30j, complex(-np.inf, 1), 0])], np.float32([5e30, np.inf, 0]), dtype="float")
