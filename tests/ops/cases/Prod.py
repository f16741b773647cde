"""Prod: the product over some dimensions; integers wrap."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, highest
from kit.reductions import AXES, reduce

SMALL = [entry for entry in AXES if np.prod(entry[0]) <= 40]


def limits(dtype):
    return {"rtol": {"float": 5e-6, "half": 1e-2, "bfloat16": 3e-2, "complex64": 1e-5}.get(dtype)}


def cases(op):
    reduce(op, lambda x, axis, keepdims: np.prod(x, axis, dtype=x.dtype, keepdims=keepdims),
           FLOATS + SIGNED + UNSIGNED + COMPLEX, axes=SMALL, empty=1, limits=limits, low=-2, high=2)
    op([Tensor("int32", [highest("int32"), 2]), np.int32([0])], np.int32(-2), fed=[0])
    op([np.float32([[1, NAN], [INF, 0], [INF, -1]]), np.int32([1])], np.float32([NAN, NAN, -INF]), fed=[0])
