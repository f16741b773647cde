"""DenseBincount: how often each number occurs in a tensor or in each of its rows, or the sum of its weights."""
import numpy as np
from kit.elementwise import Tensor, sample
from kit.movement import both


def counts(numbers, size, weights, binary):
    if numbers.ndim == 2:
        rows = zip(numbers, weights if weights.size else [weights] * len(numbers))
        return np.reshape([counts(row, size, own, binary) for row, own in rows], (len(numbers), size))
    own = weights if weights.size else np.ones(numbers.size)
    found = np.bincount(numbers, None if binary else own, size)[:size]
    return found > 0 if binary else found


def cases(op):
    for dtype in ["int32", "int64", "float", "double"]:
        shapes = [((20,), 10), ((3, 7), 5), ((20,), 4), ((3, 7), 12), ((0,), 3), ((0, 4), 3), ((3, 0), 2)]
        for shape, size in shapes[:7 if dtype == "float" else 2]:
            numbers = sample("int32" if size > 4 else "int64", shape, low=0, high=9)
            size = Tensor(numbers.dtype, size)
            for weights, binary in [(sample(dtype, shape, seed=1), False), (Tensor(dtype, []), False),
                                    (Tensor(dtype, []), True)]:
                op([numbers, size, weights], lambda x, n, w: Tensor(dtype, counts(x, int(n), w, binary)),
                   binary_output=binary)
    both(op, [np.int32([1, -1]), np.int32(3), Tensor("float", [])], error="negative")
    both(op, [np.int32([1, 2]), np.int32(-1), Tensor("float", [])], error="size")
    both(op, [np.int32([1, 2]), np.int32(3), np.float32([1])], error="weights")
    both(op, [np.int32([[[1]]]), np.int32(3), Tensor("float", [])], error="rank 1 or 2")
