"""GatherNd: elements or slices that index vectors point at."""
import numpy as np
from kit.movement import ANY, sample

# params, indices
PICKS = [((5,), (2, 1)), ((5,), (1,)), ((3, 4), (2,)), ((3, 4), (5, 2)), ((3, 4), (2, 0)), ((3, 4), (0, 2)),
         ((3, 4), (2, 3, 1)), ((3, 4, 2), (2, 2)), ((), (3, 0)), ((3, 0), (2, 1)), ((3, 3, 3, 3, 3), (2, 2, 4)),
         ((3, 33), (17, 1)), ((3, 3, 3, 1, 2, 1, 2, 1), (4, 3))]


def pick(params, indices):
    return params[tuple(np.moveaxis(indices.astype(int), -1, 0))] if indices.shape[-1] else \
        np.broadcast_to(params, indices.shape[:-1] + params.shape)


def cases(op):
    for dtype in ANY:
        op([sample(dtype, (3, 4)), np.int32([[2, 1], [0, 3]])], pick)
    for shape, indices in PICKS:
        op([sample("float", shape), sample("int32", indices, low=0, high=2)], pick)
    for kind in ["int16", "int64"]:
        op([sample("float", (3, 4)), sample(kind, (2, 2), low=0, high=2)], pick)
    for bad in [[3, 0], [0, 4], [-1, 0]]:
        op([sample("float", (3, 4)), np.int32([[0, 0], bad])], error="index")
    op([sample("float", (3, 4)), np.int32([[0, 0, 0]])], error="at most 2 indices")
    op([sample("float", (3, 4)), np.int32(0)], error="rank 1")
