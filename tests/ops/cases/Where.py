"""Where: the indices of what is not zero, in order."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, NAN, SIGNED, UNSIGNED, sample


def cases(op):
    for dtype in FLOATS + SIGNED + UNSIGNED + COMPLEX + ["bool"]:
        op([sample(dtype, (3, 5), low=0, high=2)], np.argwhere, dtype="int64")
    for shape in [(), (7,), (0, 3), (3, 0), (2, 3, 4), (2, 1, 2, 1, 3, 1, 2, 1), (1003,)]:
        op([sample("bool", shape)], np.argwhere, dtype="int64")
    for value in [True, False]:
        op([np.full((2, 3), value)], np.argwhere, dtype="int64")
        op([np.bool_(value)], np.zeros((int(value), 0)), dtype="int64")
    op([np.float32([0.0, -0.0, NAN, 1])], np.int64([[2], [3]]), dtype="int64")
