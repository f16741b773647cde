"""CumulativeLogsumexp: log(sum(exp(x))) along an axis so far; of nothing, the lowest number."""
import numpy as np
from kit.elementwise import FLOATS, sample
from kit.movement import both
from kit.values import limits


def cases(op):
    def check(dtype, shape, axis, exclusive=False, reverse=False, kind=np.int32):
        def expected(x, _):
            wide = np.flip(x.astype(float), axis) if reverse else x.astype(float)
            wide = np.logaddexp.accumulate(wide, axis)
            if exclusive:
                wide = np.concatenate([np.full_like(np.take(wide, [0], axis), limits(dtype)[0]),
                                       np.delete(wide, -1, axis)], axis)
            return np.flip(wide, axis) if reverse else wide
        both(op, [sample(dtype, shape), kind(axis)], expected, exclusive=exclusive, reverse=reverse,
             rtol={"half": 1e-2, "bfloat16": 3e-2}.get(dtype, 2e-6),
             atol={"half": 1e-2, "bfloat16": 3e-2}.get(dtype, 1e-5))
    for dtype in FLOATS:
        check(dtype, (2, 5), 1)
    for exclusive in (False, True):
        for reverse in (False, True):
            check("float", (3, 4), 0, exclusive, reverse)
            check("double", (2, 3, 2), -2, exclusive, reverse, np.int64)
    for shape, axis in [((1,), 0), ((2, 3, 2, 1, 2, 1, 2, 1), 1), ((300,), 0)]:
        check("float", shape, axis)
    op([np.float32([100, 200, 90, 1000]), np.int32(0)], np.float32([100, 200, 200, 1000]))
    both(op, [sample("float", (3, 4)), np.int32(2)], error="[-2, 2)")
