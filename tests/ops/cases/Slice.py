"""Slice: a part with a begin and a size in each dimension; -1 is all that is left."""
import numpy as np
from kit.movement import ANY, Tensor, both, sample

PARTS = [((), [], []), ((5,), [1], [3]), ((5,), [5], [0]), ((5,), [0], [-1]), ((5,), [5], [-1]),
         ((0, 3), [0, 1], [0, 2]), ((2, 3), [0, 0], [2, 3]), ((2, 3), [1, 0], [-1, 2]), ((4, 50), [1, 7], [2, 33]),
         ((3, 4, 5), [1, 0, 2], [1, -1, 3]),
         ((2, 1, 3, 2, 1, 2, 3, 2), [1, 0, 1, 0, 0, 1, 0, 1], [1, 1, 2, -1, 1, 1, 2, 1])]


def cut(x, begin, size):
    return x[tuple(slice(b, n if s == -1 else b + s) for b, s, n in zip(begin, size, x.shape))]


def cases(op):
    for dtype in ANY:
        op([sample(dtype, (3, 4)), np.int32([1, 0]), np.int32([2, 3])], cut, fed=[0])
    for shape, begin, size in PARTS:
        both(op, [sample("float", shape), Tensor("int32", begin), Tensor("int32", size)], cut)
    op([sample("float", (3, 4)), np.int64([1, 0]), np.int64([2, 3])], cut)
    for begin, size in [([4, 0], [0, 1]), ([-1, 0], [1, 1]), ([2, 0], [2, 1]), ([0, 0], [1, -2])]:
        both(op, [sample("float", (3, 4)), np.int32(begin), np.int32(size)], error="reaches out of dimension")
    both(op, [sample("float", (3, 4)), np.int32([0]), np.int32([1])], error="begin and a size for each")
