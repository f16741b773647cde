"""ExpandDims: a dimension of size 1 more."""
import numpy as np
from kit.movement import FEW, Tensor, both, sample


def cases(op):
    for dtype in FEW:
        op([sample(dtype, (2, 3)), np.int32(1)], np.expand_dims, fed=[0])
    for shape, axis in [((), 0), ((), -1), ((3,), 1), ((3,), -2), ((2, 3), 2), ((2, 3), -1), ((2, 3), -3), ((0, 3), 0),
                        ((2, 1, 2, 1, 2, 1, 2), 4)]:
        both(op, [sample("float", shape), np.int32(axis)], np.expand_dims)
    op([sample("float", (2, 3)), np.int64(1)], np.expand_dims)
    op([sample("float", (2, 3)), Tensor("int32", [1])], lambda x, axis: x[:, None], fed=[0])
    for axis in [3, -4]:
        both(op, [sample("float", (2, 3)), np.int32(axis)], error="[-3, 3)")
