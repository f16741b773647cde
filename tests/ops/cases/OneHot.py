"""OneHot: a value where an index points at, another one elsewhere; indices out of range point nowhere."""
import numpy as np
from kit.movement import FEW, Tensor, both, sample


def cases(op):
    def expected(axis):
        def function(indices, depth, on, off):
            hot = indices[..., None].astype(int) == np.arange(depth)
            return np.moveaxis(np.where(hot, on, off), -1, axis)
        return function

    def check(indices, depth, dtype="float", axis=-1):
        both(op, [indices, np.int32(depth), sample(dtype, (), seed=1), sample(dtype, (), seed=2)], expected(axis),
             dtype=dtype, axis=axis, fed=[0, 2, 3])
    for dtype in FEW:
        op([sample("int32", (3,), low=0, high=3), np.int32(4), sample(dtype, (), seed=1), sample(dtype, (), seed=2)],
           expected(-1), dtype=dtype, fed=[0, 2, 3])
    for kind in ["uint8", "int8", "int32", "int64"]:
        check(Tensor(kind, [[0, 2], [1, 5]]), 3)
    check(np.int64([-1, 0, 4, 3, 2**40]), 4)
    for shape, axis in [((), -1), ((), 0), ((3,), 0), ((3,), 1), ((2, 3), 0), ((2, 3), 1), ((2, 3), 2), ((0, 2), 1),
                        ((2, 1, 2, 1, 2, 1, 2), 3), ((1003,), -1)]:
        check(sample("int32", shape, low=-1, high=3), 3, axis=axis)
    check(np.int32([0, 1]), 0)
    one, zero = np.float32(1), np.float32(0)
    both(op, [np.int32([0]), np.int32(-1), one, zero], error="not negative", fed=[0])
    both(op, [np.int32([0]), np.int32(2), one, zero], error="axis in [-1, 1]", axis=2, fed=[0])
