"""StatelessRandomGetKeyCounter: key and counter of a seed, mixed by the generator itself."""
import numpy as np
from kit.philox import SEEDS, mixed
from kit.values import Tensor


def cases(op):
    def check(seed, kind):
        key, counter = mixed(seed)
        op([Tensor(kind, seed)], [np.uint64([key]), np.uint64([counter & 2**64 - 1, counter >> 64])], dtype="uint64")
    for seed in SEEDS + [(2**63 - 1, 2**63 - 1)]:
        check(seed, "int64")
    for seed in [(0, 0), (1, 2), (-1, -(2**31))]:
        check(seed, "int32")
    op([np.int64([1, 2, 3])], [None, None], error="two integers")
