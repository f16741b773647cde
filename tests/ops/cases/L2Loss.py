"""L2Loss: half the sum of squares of all elements."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, double, sample
from kit.reductions import sums


def cases(op):
    loss = double(lambda x: np.sum(x * x) / 2)
    for dtype in FLOATS:
        op([sample(dtype, (3, 5))], loss, **sums(dtype))
    for shape in [(), (0,), (2, 3, 2, 1, 2), (2051,)]:
        op([sample("float", shape)], loss)
    op([np.float32([1, NAN])], np.float32(NAN))
    op([np.float32([1, -INF])], np.float32(INF))
