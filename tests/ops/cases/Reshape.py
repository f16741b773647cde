"""Reshape: the elements in another shape, of which one size may be left open."""
import numpy as np
from kit.movement import ANY, Tensor, both, sample

SHAPES = [((2, 6), (3, 4)), ((2, 6), (-1, 4)), ((12,), (2, -1, 3)), ((2, 3), (6,)), ((1,), ()), ((), (1, 1)), ((), ()),
          ((), (-1,)), ((0, 3), (0,)), ((0, 3), (5, 0, 7)), ((0, 3), (-1, 3)), ((1003,), (17, 59)),
          ((2, 2, 2, 2, 2, 2, 2, 2), (16, -1)), ((256,), (2, 2, 2, 2, 2, 2, 2, 2))]


def cases(op):
    for dtype in ANY:
        op([sample(dtype, (2, 3)), np.int32([3, -1])], lambda x, s: x.reshape(s), fed=[0])
    for shape, to in SHAPES:
        both(op, [sample("float", shape), Tensor("int32", to)], lambda x, s: x.reshape(s))
    op([sample("float", (2, 6)), np.int64([4, 3])], lambda x, s: x.reshape(s))
    for to in [(5,), (-1, 5), (-1, -1), (2, -6), ()]:
        both(op, [sample("float", (2, 6)), Tensor("int32", to)], error="shape")
