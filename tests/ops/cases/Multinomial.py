"""Multinomial: random classes, in proportion to the exponentials of their logits."""
import numpy as np
from kit.philox import SEEDS, of_node, unit
from kit.values import Tensor, sample


def cases(op):
    def check(logits, count, seed, kind="int64"):
        next_number, found = of_node(*seed), []
        for row in logits.wide.astype(float):
            there = np.isfinite(row)
            sums = np.cumsum(np.where(there, np.exp(row - np.max(row[there])), 0))
            found.append([np.searchsorted(sums, unit("double", next_number) * sums[-1], "right") for _ in range(count)])
        op([logits, np.int32(count)], Tensor(kind, np.reshape(found, (len(found), count))), seed=seed[0], seed2=seed[1],
           output_dtype=kind)
    for dtype in ["float", "double", "half", "bfloat16", "int32", "uint8"]:
        check(sample(dtype, (2, 5), low=0 if dtype == "uint8" else -2, high=2), 8, SEEDS[0])
    for shape, count in [((1, 1), 3), ((1, 100), 50), ((3, 4), 0), ((4, 3), 1)]:
        check(sample("float", shape, low=-2, high=2), count, SEEDS[1], "int32")
    check(Tensor("float", [[0, -np.inf, 0, np.nan]]), 20, SEEDS[0])
    for seed in SEEDS[2:]:
        check(sample("float", (1, 5), low=-2, high=2), 8, seed)
    op([np.float32([1, 2]), np.int32(3)], error="rank 2", seed=1)
    op([np.float32([[1, 2]]), np.int32(-3)], error="num_samples", seed=1)
