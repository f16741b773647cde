"""BroadcastArgs: the shape that two shapes broadcast to."""
import numpy as np
from kit.elementwise import Tensor

SHAPES = [([2, 3], [3]), ([], []), ([], [4]), ([1], [0]), ([0, 3], [1, 1]), ([2, 1, 5], [7, 1]), ([1, 1], [1]),
          ([2, 1, 2, 1, 2, 1, 2, 1], [3, 1, 3, 1, 3])]


def cases(op):
    for kind in ["int32", "int64"]:
        for a, b in SHAPES:
            for x, y in [(a, b), (b, a)]:
                op([Tensor(kind, x), Tensor(kind, y)], Tensor(kind, np.broadcast_shapes(tuple(x), tuple(y))))
    op([np.int32([2, 3]), np.int32([2])], error="broadcast")
