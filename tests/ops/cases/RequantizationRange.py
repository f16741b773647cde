"""RequantizationRange: the range that numbers of 32 bits use, with 0 in it."""
import numpy as np
from kit.quantized import spread
from kit.values import Tensor


def cases(op):
    def check(x, most=2048.0):
        level = most / 2.0**31
        op([x, np.float32(-most), np.float32(most)],
           [Tensor("float", min(0.0, x.data.min() * level)), Tensor("float", x.data.max() * level)], rtol=1e-6,
           atol=1e-5)
    for numbers in [[5], [-(2**31), 2**31 - 1], [0, 0], [-(10**9), -5], [10**9, 5 * 10**8]]:
        check(Tensor("qint32", numbers))
    for shape in [(), (3, 4), (2, 1, 3, 1, 2, 1, 2, 1), (1003,)]:
        check(spread("qint32", shape))
        check(spread("qint32", shape), 1.0)
    op([Tensor("qint32", [1]), np.float32(1), np.float32(-1)], [None] * 2, error="range")
