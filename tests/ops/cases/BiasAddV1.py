"""BiasAddV1: a vector added along the last dimension."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, SIGNED, UNSIGNED, sample


def cases(op):
    for dtype in FLOATS + SIGNED + UNSIGNED + COMPLEX:
        op([sample(dtype, (2, 3)), sample(dtype, (3,), seed=1)], np.add)
    for shape in [(2, 3, 4), (2, 3, 4, 5), (2, 3, 2, 3, 2), (0, 3), (2, 0), (5, 33)]:
        op([sample("float", shape), sample("float", shape[-1:], seed=1)], np.add)
    op([sample("float", (2, 3)), sample("float", (2,))], error="bias per channel")
    op([sample("float", (2, 3)), sample("float", (3, 1))], error="vector as bias")
