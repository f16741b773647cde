"""Conj: the complex conjugate."""
import numpy as np
from kit.elementwise import COMPLEX, sample


def cases(op):
    for dtype in COMPLEX:
        for shape in [(3, 5), (), (0, 2), (2, 1, 2, 1, 3), (257,)]:
            op([sample(dtype, shape)], np.conj)
