"""Pack: tensors of one shape along a dimension more."""
import numpy as np
from kit.movement import ANY, sample


def cases(op):
    def check(dtype, shape, count=2, axis=0):
        op([tuple(sample(dtype, shape, seed=i) for i in range(count))], lambda xs: np.stack(xs, axis), axis=axis)
    for dtype in ANY:
        check(dtype, (2, 3), axis=1)
    for shape, count, axis in [((), 3, 0), ((), 1, -1), ((4,), 1, 0), ((4,), 2, 1), ((2, 3), 2, -1), ((2, 3), 3, -3),
                               ((2, 3), 2, 2), ((0, 3), 2, 1), ((2, 1, 2, 1, 2, 1, 2), 2, 3), ((1003,), 2, 1)]:
        check("float", shape, count, axis)
    op([(sample("float", (2, 3)), sample("float", (3, 2)))], error="one shape")
    op([(sample("float", (2, 3)), sample("float", (3,)))], error="one shape")
    for axis in [3, -4]:
        op([(sample("float", (2, 3)), sample("float", (2, 3)))], error="[-3, 3)", axis=axis)
