"""Tile: a tensor some times in each dimension."""
import numpy as np
from kit.movement import FEW, Tensor, both, sample


def cases(op):
    for dtype in FEW:
        op([sample(dtype, (2, 3)), np.int32([2, 3])], np.tile, fed=[0])
    for shape, times in [((), ()), ((5,), (3,)), ((5,), (0,)), ((0, 3), (2, 2)), ((2, 3), (1, 1)),
                         ((2, 1, 3), (1, 4, 2)), ((1, 1), (5, 7)),
                         ((2, 1, 2, 1, 2, 1, 2, 1), (1, 2, 1, 2, 1, 2, 2, 1)), ((3, 70), (2, 5))]:
        both(op, [sample("float", shape), Tensor("int32", times)],
             lambda x, times: np.tile(x, times) if x.ndim else x)
    op([sample("float", (2, 3)), np.int64([2, 1])], np.tile)
    both(op, [sample("float", (2, 3)), np.int32([2])], error="multiple for each")
    both(op, [sample("float", (2, 3)), np.int32([2, -1])], error="multiples of a size that can be")
