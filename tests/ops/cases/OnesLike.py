"""OnesLike: ones in the shape of a tensor."""
import numpy as np
from kit.movement import ANY, Tensor, sample


def cases(op):
    for dtype in ANY[:-1]:
        op([sample(dtype, (2, 3))], Tensor(dtype, np.ones((2, 3))))
    for shape in [(), (0, 4), (2, 1, 2, 1, 2, 1, 2, 1), (1003,)]:
        op([sample("float", shape)], np.ones_like)
    op([np.float32([np.nan, np.inf])], np.ones_like)
