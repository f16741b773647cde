"""Split: equal parts of a dimension."""
import numpy as np
from kit.movement import FEW, both, sample


def cases(op):
    def check(dtype, shape, axis, parts, run=op):
        x = sample(dtype, shape)
        run([np.int32(axis), x], np.split(x.wide, parts, axis), dtype=dtype, num_split=parts, fed=[1])
    for dtype in FEW:
        check(dtype, (2, 6), 1, 3)
    for shape, axis, parts in [((6,), 0, 2), ((6,), -1, 6), ((4, 3), 0, 1), ((4, 3), -2, 4), ((2, 0), 1, 3),
                               ((0, 4), 1, 2), ((2, 1, 2, 1, 6, 1, 2, 1), 4, 3), ((4, 1000), 1, 4)]:
        check("float", shape, axis, parts, run=lambda *a, **given: both(op, *a, **given))
    both(op, [np.int32(1), sample("float", (2, 5))], [None, None], error="equal parts", num_split=2, fed=[1])
    both(op, [np.int32(2), sample("float", (2, 4))], [None, None], error="axis in [-2, 2)", num_split=2, fed=[1])
