"""Roll: elements moved along some axes, round and round."""
import numpy as np
from kit.movement import FEW, Tensor, both, sample


def cases(op):
    def roll(x, shift, axis):
        return np.roll(x, np.atleast_1d(shift), tuple(int(a) for a in np.atleast_1d(axis)))
    for dtype in FEW:
        op([sample(dtype, (3, 4)), np.int32(1), np.int32(1)], roll, fed=[0])
    for shape, shift, axis in [((5,), 2, 0), ((5,), -7, 0), ((5,), 0, -1), ((3, 4), [1, 2], [0, 1]),
                               ((3, 4), [1, 2], [1, 1]), ((3, 4), [2, -1], [-1, -2]), ((0, 4), 3, 0), ((4, 0), 1, 0),
                               ((3, 70), 33, 1),
                               ((2, 1, 3, 2, 1, 2, 3, 2), [1, 4, -1], [2, 6, 7]), ((3, 4), [], [])]:
        both(op, [sample("float", shape), Tensor("int32", shift), Tensor("int32", axis)], roll)
    op([sample("float", (3, 4)), np.int64(2**40 + 1), np.int64(0)], roll)
    both(op, [sample("float", (3, 4)), np.int32(1), np.int32(2)], error="[-2, 2)")
    both(op, [sample("float", (3, 4)), np.int32([1, 2]), np.int32([0])], error="shift")
