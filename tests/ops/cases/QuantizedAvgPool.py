"""QuantizedAvgPool: the mean, towards 0, in a window of quantized images, in the same range."""
import numpy as np
from kit.quantized import even_range, spread
from kit.values import Tensor
from kit.windows import POOLS, pool_mean


def cases(op):
    def check(dtype, case, batch=2):
        shape, window, strides, padding = case
        x, ends = spread(dtype, (batch, *shape)), even_range(dtype, 4, 100)
        expected = np.trunc(pool_mean(x.data.astype(float), window, strides, padding))
        op([x, *ends], [Tensor(dtype, expected), *ends], ksize=[1, *window, 1], strides=[1, *strides, 1],
           padding=padding)
    check("qint8", POOLS[0])
    for case in POOLS[1:]:
        check("quint8", case)
    check("quint8", POOLS[0], batch=0)
    op([spread("quint8", (3, 3)), np.float32(0), np.float32(1)], [None] * 3, error="rank 4", ksize=[1, 1, 1, 1],
       strides=[1, 1, 1, 1], padding="SAME")
