"""Transpose: dimensions in another order."""
import numpy as np
from kit.movement import ANY, Tensor, both, sample

PERMUTATIONS = [((), ()), ((5,), (0,)), ((2, 3), (0, 1)), ((2, 3, 4), (0, 2, 1)), ((2, 3, 4), (2, 0, 1)),
                ((2, 3, 4), (1, 2, 0)), ((2, 3, 4), (2, 1, 0)), ((0, 3), (1, 0)), ((1, 5, 1), (2, 0, 1)),
                ((2, 3, 4, 5), (0, 3, 1, 2)), ((2, 3, 4, 5), (0, 2, 1, 3)), ((33, 65), (1, 0)),
                ((2, 1, 3, 2, 1, 2, 3, 2), (7, 3, 0, 5, 1, 6, 2, 4))]


def cases(op):
    for dtype in ANY:
        op([sample(dtype, (2, 3)), np.int32([1, 0])], np.transpose, fed=[0])
    for shape, order in PERMUTATIONS:
        both(op, [sample("float", shape), Tensor("int32", order)], np.transpose)
    op([sample("float", (2, 3)), np.int64([1, 0])], np.transpose)
    both(op, [sample("float", (2, 3, 4)), np.int32([-1, 0, -2])], np.transpose)
    for order in [(0,), (0, 0), (0, 2), (1, -3)]:
        both(op, [sample("float", (2, 3)), np.int32(order)], error="permutation")
