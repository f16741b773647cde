"""Unpack: the slices of a dimension."""
import numpy as np
from kit.movement import FEW, sample


def cases(op):
    def check(dtype, shape, axis=0):
        x = sample(dtype, shape)
        op([x], list(np.moveaxis(x.wide, axis, 0)), dtype=dtype, num=shape[axis], axis=axis)
    for dtype in FEW:
        check(dtype, (2, 3), 1)
    for shape, axis in [((3,), 0), ((1,), -1), ((2, 3), 0), ((2, 3), -1), ((2, 3), -2), ((2, 3, 4), 1), ((2, 0), 0),
                        ((2, 1, 2, 1, 3, 1, 2, 1), 4), ((3, 1003), 0), ((333, 3), 1)]:
        check("float", shape, axis)
    op([sample("float", (2, 3))], [None, None], error="dimension", num=2, axis=1)
    for axis in [2, -3]:
        op([sample("float", (2, 3))], [None, None], error="[-2, 2)", num=2, axis=axis)
    op([sample("float", ())], [None], error="axis in", num=1)
