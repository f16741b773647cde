"""ConcatV2: tensors one behind the other along an axis."""
import numpy as np
from kit.values import sample


def cases(op):
    for dtype in ["float", "int64", "bool", "uint8", "complex64"]:
        parts = (sample(dtype, (2, 3)), sample(dtype, (2, 1), seed=1), sample(dtype, (2, 2), seed=2))
        op([parts, np.int32(1)], lambda xs, axis: np.concatenate(xs, axis), fed=[0])
    parts = (sample("float", (2, 3)), sample("float", (4, 3), seed=1))
    op([parts, np.int32(-2)], lambda xs, axis: np.concatenate(xs, axis), fed=[0])
    op([(np.zeros((0, 2), np.float32), np.ones((3, 2), np.float32)), np.int64(0)],
       lambda xs, axis: np.concatenate(xs, axis), fed=[0])
    op([parts, np.int32(2)], error="axis")
