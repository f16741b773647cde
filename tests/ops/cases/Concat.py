"""Concat: tensors one behind the other along an axis, which comes first."""
import numpy as np
from kit.movement import ANY, both, sample


def cases(op):
    def parts(dtype, *shapes):
        return tuple(sample(dtype, shape, seed=i) for i, shape in enumerate(shapes))
    for dtype in ANY:
        op([np.int32(1), parts(dtype, (2, 3), (2, 1))], lambda axis, xs: np.concatenate(xs, axis), dtype=dtype, fed=[1])
    for axis, *shapes in [(0, (3,), (2,), (0,)), (-2, (2, 3), (4, 3)), (-1, (2, 3), (2, 1)), (1, (2, 0), (2, 3)),
                          (0, (0, 2), (0, 2)), (4, (2, 1, 2, 1, 3, 1, 2, 1), (2, 1, 2, 1, 1, 1, 2, 1))]:
        both(op, [np.int32(axis), parts("float", *shapes)], lambda axis, xs: np.concatenate(xs, axis), dtype="float",
             fed=[1])
    both(op, [np.int32(2), parts("float", (2, 3), (2, 3))], error="axis in [-2, 2)", fed=[1])
    both(op, [np.int32(0), parts("float", (2, 3), (2, 4))], error="agree", fed=[1])
