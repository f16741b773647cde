"""Atan2: the angle of the point (x, y), in [-pi, pi]."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, binary, within


def cases(op):
    special = [-INF, -1.0, -0.0, 0.0, 0.5, 1e30, INF, NAN]
    binary(op, np.arctan2, FLOATS, limits=within, pairs=[(y, x) for y in special for x in special])
