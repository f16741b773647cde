"""Gather: slices of the first dimension, by index."""
import numpy as np
from kit.movement import ANY, Tensor, sample


def take(params, indices):
    return np.take(params, indices.astype(int), 0)


def cases(op):
    for dtype in ANY:
        op([sample(dtype, (4, 3)), np.int32([2, 0, 2])], take, validate_indices=True)
    for shape, indices in [((5,), 3), ((5,), []), ((5,), [[4, 0], [1, 1]]), ((4, 0), [1, 2]), ((4, 2, 3), [3]),
                           ((2, 1, 2, 1, 2, 1, 2), [[1, 0]]), ((100, 33), range(0, 100, 7)), ((0, 3), [])]:
        op([sample("float", shape), Tensor("int64", indices)], take)
    for indices in [[0, 4], [-1]]:
        op([sample("float", (4, 3)), np.int32(indices)], error="index")
    op([sample("float", ()), np.int32([0])], error="rank 1")
