"""Angle: the angle to the real axis."""
import numpy as np
from kit.complexes import parts


def cases(op):
    parts(op, np.angle)
    op([np.complex64([1, -1, 1j, -1j, 0])], np.float32([0, np.pi, np.pi / 2, -np.pi / 2, 0]), dtype="float")
