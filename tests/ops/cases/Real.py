"""Real: the real part."""
import numpy as np
from kit.complexes import parts


def cases(op):
    parts(op, np.real)
