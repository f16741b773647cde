"""Positions of values in sorted rows."""
import numpy as np

from kit.values import FLOATS, SIGNED, UNSIGNED, Tensor, sample


def bounds(op, side):
    def check(dtype, rows, width, values, kind="int32"):
        x = Tensor(dtype, np.sort(sample(dtype, (rows, width)).wide))
        op([x, sample(dtype, (rows, values), seed=1)],
           lambda x, v: np.reshape([np.searchsorted(*pair, side) for pair in zip(x, v)], v.shape), dtype=kind,
           out_type=kind)
    for dtype in FLOATS + SIGNED + UNSIGNED:
        check(dtype, 2, 9, 7)
    for sizes in [(1, 1, 1), (3, 0, 2), (0, 3, 2), (2, 4, 0), (1, 1003, 70)]:
        for kind in ["int32", "int64"]:
            check("float", *sizes, kind=kind)
    op([np.float32([[-np.inf, 0, 0, np.inf]]), np.float32([[-np.inf, np.inf, -0.0, 1]])],
       lambda x, v: np.searchsorted(x[0], v, side), dtype="int32")
    op([sample("float", (2, 3)), sample("float", (3, 3))], error="numbers of rows")
    op([sample("float", (3,)), sample("float", (3,))], error="rank 2")
