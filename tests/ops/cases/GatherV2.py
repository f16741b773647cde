"""GatherV2: slices of a dimension, by index, which can be others for each batch."""
import numpy as np
from kit.movement import ANY, Tensor, both, sample

# params, indices, axis, batch_dims
PICKS = [((5,), (), 0, 0), ((5,), (0,), 0, 0), ((5,), (2, 3), 0, 0), ((3, 5), (2,), 1, 0), ((3, 5), (2, 2), -1, 0),
         ((5, 3), (4,), -2, 0), ((2, 5), (2, 3), 1, 1), ((2, 5), (2,), 1, 1), ((2, 5, 3), (2, 4), 1, -1),
         ((2, 3, 5, 2), (2, 4), 2, 1), ((2, 3, 5), (2, 3, 2), 2, 2), ((2, 0, 5), (3,), 2, 0), ((0, 5), (0, 2), 1, 1),
         ((2, 1, 5, 1, 2, 1, 2, 1), (2, 2), 2, 1), ((7, 5, 33), (41,), 1, 0)]


def pick(params, indices, axis, batch):
    axis, batch = axis % params.ndim, batch + indices.ndim if batch < 0 else batch
    if batch == 0:
        return np.take(params, indices.astype(int), axis)
    parts = [pick(p, i, axis - 1, batch - 1) for p, i in zip(params, indices)]
    return np.stack(parts) if parts else np.zeros((0,) + indices.shape[1:] + params.shape[axis + 1:], params.dtype)


def cases(op):
    def check(params, shape, axis, batch, run, kind="int32"):
        run([params, sample(kind, shape, low=0, high=4), np.int32(axis)],
            lambda p, i, axis: pick(p, i, int(axis), batch), batch_dims=batch)
    for dtype in ANY:
        check(sample(dtype, (3, 5)), (2,), 1, 0, lambda *a, **given: op(*a, fed=[0, 1], **given))
    for shape, indices, axis, batch in PICKS:
        check(sample("float", shape), indices, axis, batch, lambda *a, **given: both(op, *a, fed=[0, 1], **given))
    for kind in ["int16", "int64"]:
        check(sample("float", (3, 5)), (2,), 1, 0, op, kind)
    for index in [5, -1]:
        both(op, [sample("float", (3, 5)), np.int32([1, index]), np.int32(1)], error="[0, 5)", fed=[0, 1])
    both(op, [sample("float", (3, 5)), np.int32([1]), np.int32(2)], error="axis in [-2, 2)", fed=[0, 1])
    both(op, [sample("float", (3, 5)), np.int32([[1]]), np.int32(1)], error="agree", fed=[0, 1], batch_dims=1)
    both(op, [sample("float", (3, 5)), np.int32([1] * 3), np.int32(0)], error="batch_dims", fed=[0, 1], batch_dims=1)
