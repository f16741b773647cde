"""QuantizedBiasAdd: a bias for the last dimension, in 32 bits of a range in which no sum overflows."""
import numpy as np
from kit.quantized import as_sum, even_range, real, spread, sum_range


def cases(op):
    def check(x_type, b_type, shape):
        x, b = spread(x_type, shape), spread(b_type, shape[-1:], seed=1)
        of_x, of_b = even_range(x_type, 4, 100), even_range(b_type, 8, 30)
        low, high = sum_range(of_x, of_b)
        op([x, b, *of_x, *of_b], [as_sum(real(x, *of_x) + real(b, *of_b), high), low, high], out_type="qint32", atol=1)
    for types in [("quint8", "quint8"), ("qint8", "qint8"), ("quint8", "qint8")]:
        check(*types, (3, 5))
    for shape in [(5,), (0, 3), (2, 3, 4, 2), (100, 11)]:
        check("quint8", "quint8", shape)
    x, zero, one = spread("quint8", (2, 3)), np.float32(0), np.float32(1)
    op([x, spread("quint8", (2,)), zero, one, zero, one], [None] * 3, error="QuantizedBiasAdd", out_type="qint32")
