"""BroadcastTo: a tensor spread over a shape."""
import numpy as np
from kit.movement import FEW, Tensor, both, sample


def cases(op):
    for dtype in FEW:
        op([sample(dtype, (2, 1)), np.int32([2, 3])], np.broadcast_to, fed=[0])
    for shape, to in [((), ()), ((), (3,)), ((3,), (3,)), ((1,), (0,)), ((3,), (2, 4, 3)), ((2, 1, 3), (5, 2, 4, 3)),
                      ((0, 1), (0, 3)), ((2, 1, 2, 1), (2, 3, 1, 2, 2, 3, 2, 2)), ((1, 70), (5, 70)),
                      ((70, 1), (70, 33))]:
        both(op, [sample("float", shape), Tensor("int32", to)], np.broadcast_to)
    op([sample("float", (2, 1)), np.int64([2, 3])], np.broadcast_to)
    for to in [(3, 3), (2,), (0, 3)]:
        both(op, [sample("float", (2, 1)), Tensor("int32", to)], error="cannot broadcast")
    both(op, [sample("float", (1,)), np.int32([-2])], error="shape")
