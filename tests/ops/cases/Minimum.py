"""Minimum: the smaller one; NaN if either is NaN."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, binary, highest, lowest


def cases(op):
    binary(op, np.minimum, FLOATS + SIGNED + UNSIGNED,
           pairs=[(NAN, 1), (1, NAN), (NAN, NAN), (-INF, -3e38), (INF, 1), (0.0, 0.0), (-0.0, -0.0)])
    for dtype in SIGNED + UNSIGNED:
        op([Tensor(dtype, [lowest(dtype), highest(dtype)]), Tensor(dtype, [[highest(dtype)], [0]])], np.minimum)
