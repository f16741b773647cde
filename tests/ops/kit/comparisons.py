"""What the comparisons have in common."""
import numpy as np

from kit.elementwise import FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, binary, highest, lowest

SPECIAL = [-INF, -1.0, -0.0, 0.0, 1.0, INF, NAN]


def compare(op, function, more=()):
    """All types, the extremes of integers, signed zeros, infinities and NaN."""
    binary(op, function, FLOATS + SIGNED + UNSIGNED + list(more), dtype="bool",
           pairs=[(x, y) for x in SPECIAL for y in SPECIAL])
    for dtype in SIGNED + UNSIGNED:
        limits = [lowest(dtype), highest(dtype), 1]
        op([Tensor(dtype, np.reshape(limits, (3, 1))), Tensor(dtype, limits)], function)
