"""QuantizedAdd: the sum of quantized numbers, in 32 bits and with its range."""
import numpy as np
from kit.quantized import as_sum, even_range, real, spread, sum_range


def cases(op):
    def check(a, b, shape_a, shape_b):
        x, y = spread(a, shape_a), spread(b, shape_b, seed=1)
        of_x, of_y = even_range(a, 4, 100), even_range(b, 8, 30)
        low, high = sum_range(of_x, of_y)
        op([x, y, *of_x, *of_y], [as_sum(real(x, *of_x) + real(y, *of_y), high), low, high], Toutput="qint32", atol=2)
    for types in [("quint8", "quint8"), ("qint8", "qint8"), ("quint8", "qint8")]:
        check(*types, (3, 5), (3, 5))
    for shapes in [((5,), ()), ((), (5,)), ((3, 5), (5,)), ((5,), (3, 5)), ((0, 3), (3,)), ((1003,), (1003,))]:
        check("quint8", "quint8", *shapes)
    x, zero, one = spread("quint8", (2, 3)), np.float32(0), np.float32(1)
    op([x, spread("quint8", (2,)), zero, one, zero, one], [None] * 3, error="QuantizedAdd", Toutput="qint32")
