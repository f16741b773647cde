"""Reverse: the dimensions that a list of bools names from back to front."""
import numpy as np
from kit.movement import FEW, Tensor, both, sample


def cases(op):
    def flip(x, which):
        return np.flip(x, tuple(np.flatnonzero(which)))
    for dtype in FEW:
        op([sample(dtype, (2, 3)), np.bool_([False, True])], flip, fed=[0])
    for shape, which in [((), []), ((5,), [1]), ((2, 3), [0, 0]), ((2, 3), [1, 1]), ((0, 3), [0, 1]),
                         ((2, 3, 4), [1, 0, 1]), ((2, 1, 3, 2, 1, 2, 3, 2), [1, 0, 1, 1, 0, 1, 0, 1])]:
        both(op, [sample("float", shape), Tensor("bool", which)], flip)
    both(op, [sample("float", (2, 3)), np.bool_([True])], error="bool for each")
