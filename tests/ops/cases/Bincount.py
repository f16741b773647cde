"""Bincount: how often each number occurs, or the sum of its weights; numbers from the size on do not count."""
import numpy as np
from kit.elementwise import Tensor, sample
from kit.movement import both


def cases(op):
    def expected(numbers, size, weights):
        own = weights.ravel() if weights.size else np.ones(numbers.size)
        return np.bincount(numbers.ravel(), own, size)[:size]
    for dtype in ["int32", "int64", "float", "double"]:
        shapes = [((20,), 10), ((20,), 4), ((20,), 12), ((4, 5), 10), ((0,), 3), ((20,), 0), ((1003,), 10)]
        for shape, size in shapes[:7 if dtype == "float" else 2]:
            numbers = sample("int32", shape, low=0, high=9)
            op([numbers, np.int32(size), sample(dtype, shape, seed=1)], expected, dtype=dtype)
            op([numbers, np.int32(size), Tensor(dtype, [])], expected, dtype=dtype, fed=[0])
    both(op, [np.int32([1, -1]), np.int32(3), Tensor("float", [])], error="negative")
    both(op, [np.int32([1, 2]), np.int32(-1), Tensor("float", [])], error="size")
    both(op, [np.int32([1, 2]), np.int32(3), np.float32([1])], error="weights")
