"""ListDiff: the elements that another list has not, and where they stood."""
import numpy as np
from kit.elementwise import FLOATS, SIGNED, UNSIGNED, Tensor, sample


def cases(op):
    def check(x, y, kind="int32"):
        kept = [i for i, value in enumerate(x.data.tolist()) if value not in y.data.tolist()]
        op([x, y], [Tensor(x.dtype, x.wide[np.int64(kept)]), Tensor(kind, kept)], out_idx=kind)
    for dtype in FLOATS + SIGNED + UNSIGNED + ["bool", "string"]:
        check(sample(dtype, (20,)), sample(dtype, (3,), seed=1))
    for sizes in [(0, 3), (5, 0), (0, 0), (1003, 8)]:
        check(sample("int32", sizes[:1]), sample("int32", sizes[1:], seed=1), "int64")
    op([sample("int32", (2, 3)), sample("int32", (3,))], [None, None], error="rank 1")
