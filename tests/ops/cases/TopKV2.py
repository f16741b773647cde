"""TopKV2: the largest elements of the last dimension and their indices, the first of equal ones first."""
import numpy as np
from kit.elementwise import FLOATS, INF, SIGNED, UNSIGNED, Tensor, sample


def cases(op):
    def check(tensor, k, kind="int32", **attributes):
        order = np.argsort(-tensor.wide.astype(float), -1, kind="stable")[..., :k]
        op([tensor, Tensor(kind, k)], [Tensor(tensor.dtype, np.take_along_axis(tensor.wide, order, -1)),
                                       Tensor("int32", order)], fed=[0], **attributes)
    for dtype in FLOATS + SIGNED + UNSIGNED:
        check(sample(dtype, (3, 7)), 3)
    for shape, k in [((5,), 5), ((5,), 0), ((5,), 1), ((2, 3, 4), 2), ((0, 3), 2), ((2, 1000), 7), ((1000,), 1000)]:
        check(sample("float", shape), k)
    check(Tensor("float", [[1, 2, 2, 1], [INF, -INF, 0, INF]]), 4)
    check(sample("float", (3, 7)), 2, "int64")
    op([sample("float", (5,)), np.int32(6)], [None, None], error="last dimension")
    op([np.float32(1), np.int32(0)], [None, None], error="rank")
