"""TopK: the k largest elements of the last dimension and their indices, the first of equal ones first."""
import numpy as np
from kit.elementwise import FLOATS, INF, SIGNED, UNSIGNED, Tensor, sample


def cases(op):
    def check(tensor, k):
        order = np.argsort(-tensor.wide.astype(float), -1, kind="stable")[..., :k]
        op([tensor], [Tensor(tensor.dtype, np.take_along_axis(tensor.wide, order, -1)), Tensor("int32", order)], k=k)
    for dtype in FLOATS + SIGNED + UNSIGNED:
        check(sample(dtype, (3, 7)), 3)
    for shape, k in [((5,), 5), ((5,), 0), ((2, 3, 4), 2), ((0, 3), 2), ((2, 1, 2, 1, 2, 1, 2, 3), 2), ((2, 1000), 7)]:
        check(sample("float", shape), k)
    check(Tensor("float", [[1, 2, 2, 1], [INF, -INF, 0, INF]]), 4)
    op([sample("float", (5,))], [None, None], error="last dimension", k=6)
    op([np.float32(1)], [None, None], error="rank", k=0)
