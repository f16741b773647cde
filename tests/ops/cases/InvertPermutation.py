"""InvertPermutation: where each number stands in a permutation."""
import numpy as np
from kit.elementwise import Tensor


def cases(op):
    for kind in ["int32", "int64"]:
        for size in [0, 1, 5, 300]:
            op([Tensor(kind, np.random.RandomState(size).permutation(size))], np.argsort)
        for bad in [[0, 2], [-1, 0], [0, 0, 1]]:
            op([Tensor(kind, bad)], error="InvertPermutation")
    op([np.int32([[0]])], error="InvertPermutation")
