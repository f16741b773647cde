"""Bucketize: how many boundaries are at most a number."""
import numpy as np
from kit.elementwise import INF, Tensor, sample

BOUNDARIES = [-2.5, 0.0, 0.5, 3.0]


def cases(op):
    def expected(x):
        return np.searchsorted(np.float32(BOUNDARIES), x, "right")
    for dtype in ["int32", "int64", "float", "double"]:
        for shape in [(3, 5), (), (0, 4), (2, 1, 3, 1, 2, 1, 2, 1), (1003,)]:
            op([sample(dtype, shape)], expected, dtype="int32", boundaries=BOUNDARIES)
    op([Tensor("float", [INF, -INF, -0.0, 0.5, 3.0, 2.9999998])],
       np.int32([4, 0, 2, 3, 4, 3]), dtype="int32", boundaries=BOUNDARIES)
    op([sample("float", (4,))], np.zeros(4), dtype="int32", boundaries=[])
    op([sample("float", (4,))], lambda x: np.int32(x >= 1), dtype="int32", boundaries=[1.0])
    # The boundaries are f32: 0.1 is above 0.1 in double.
    op([np.float64([0.1, 0.1000001])], np.int32([0, 1]), dtype="int32", boundaries=[0.1])
    op([sample("float", (4,))], error="sorted", boundaries=[1.0, 0.0])
