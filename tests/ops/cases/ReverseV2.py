"""ReverseV2: some dimensions from back to front."""
import numpy as np
from kit.movement import FEW, Tensor, both, sample


def cases(op):
    def flip(x, axes):
        return np.flip(x, tuple(int(axis) for axis in axes))
    for dtype in FEW:
        op([sample(dtype, (2, 3)), np.int32([1])], flip, fed=[0])
    for shape, axes in [((), ()), ((5,), (0,)), ((2, 3), ()), ((2, 3), (0, 1)), ((2, 3), (-1,)), ((2, 3, 4), (-3, 2)),
                        ((0, 3), (1,)), ((2, 1, 3, 2, 1, 2, 3, 2), (0, 2, 3, 5, 7)), ((3, 70), (1,)), ((70, 3), (0,))]:
        both(op, [sample("float", shape), Tensor("int32", axes)], flip)
    op([sample("float", (2, 3)), np.int64([-2])], flip)
    for axes in [(2,), (-3,), (0, 0), (0, -2)]:
        both(op, [sample("float", (2, 3)), np.int32(axes)], error="ax")
