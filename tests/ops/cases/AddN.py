"""AddN: the sum of tensors of one shape, from left to right."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, SIGNED, UNSIGNED, sample


def cases(op):
    def check(dtype, shape, count):
        op([tuple(sample(dtype, shape, seed=seed) for seed in range(count))], lambda xs: sum(xs[1:], xs[0]))
    for dtype in FLOATS + SIGNED + UNSIGNED + COMPLEX:
        check(dtype, (3, 4), 3)
    for shape, count in [((), 2), ((5,), 1), ((0, 2), 3), ((2, 1, 3, 2), 7)]:
        check("float", shape, count)
    op([(np.float32([1e8]), np.float32([-1e8]), np.float32([1]))], np.float32([1]), rtol=0, atol=0)
    op([(sample("float", (2, 3)), sample("float", (3,)))], error="one shape")
