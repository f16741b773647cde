"""Squeeze: without dimensions of size 1, all of them or those that are named."""
import numpy as np
from kit.movement import FEW, sample

SHAPES = [((1, 3, 1, 2), [0]), ((1, 3, 1, 2), [2]), ((1, 3, 1, 2), [-2, 0]), ((1, 3, 1, 2), [-4]), ((1,), [0]),
          ((1, 1, 1), [1]), ((0, 1), [1]), ((1, 0), [0]), ((1, 2, 1, 2, 1, 2, 1, 2), [0, 2, 4])]


def cases(op):
    for dtype in FEW:
        op([sample(dtype, (1, 3, 1, 2))], np.squeeze)
    for shape in [(), (1,), (3,), (1, 1), (0, 1), (1, 2, 1, 2, 1, 2, 1, 2)]:
        op([sample("float", shape)], np.squeeze)
    for shape, axes in SHAPES:
        op([sample("float", shape)], lambda x: np.squeeze(x, tuple(axes)), squeeze_dims=axes)
    op([sample("float", (1, 1))], lambda x: x[0], squeeze_dims=[0, 0])
    op([sample("float", (1, 3))], error="size 1", squeeze_dims=[1])
    for axis in [2, -3]:
        op([sample("float", (1, 3))], error="[-2, 2)", squeeze_dims=[axis])
