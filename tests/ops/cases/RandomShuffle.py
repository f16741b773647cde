"""RandomShuffle: the slices of the first dimension in a random order."""
import numpy as np
from kit.movement import FEW, Tensor, sample
from kit.philox import SEEDS, of_node


def cases(op):
    def check(dtype, shape, seed):
        x, next_number = sample(dtype, shape), of_node(*seed)
        order = list(range(shape[0] if shape else 1))
        for i in range(len(order) - 1):
            j = i + next_number() % (len(order) - i)
            order[i], order[j] = order[j], order[i]
        op([x], Tensor(dtype, x.wide[np.int64(order)] if shape else x.wide), seed=seed[0], seed2=seed[1])
    for dtype in FEW:
        check(dtype, (5, 2), SEEDS[0])
    for shape in [(), (1,), (9,), (0, 3), (3, 0), (3, 1, 2, 1, 3, 1, 2, 1), (101, 3)]:
        check("float", shape, SEEDS[0])
    for seed in SEEDS[1:]:
        check("int32", (9,), seed)
