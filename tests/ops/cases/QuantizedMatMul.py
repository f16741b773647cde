"""QuantizedMatMul: the product of two quantized matrices, in 32 bits and with its range."""
import numpy as np
from kit.quantized import even_range, product_range, spread, zero_point
from kit.values import Tensor


def cases(op):
    def check(a, b, m, k, n, flip_a=False, flip_b=False):
        x, y = spread(a, (k, m) if flip_a else (m, k)), spread(b, (n, k) if flip_b else (k, n), seed=1)
        of_x, of_y = even_range(a, 4, 100), even_range(b, 8, 30)
        left, right = [q.data.astype(int) - zero_point(q.dtype, *of) for q, of in ((x, of_x), (y, of_y))]
        op([x, y, *of_x, *of_y], [Tensor("qint32", (left.T if flip_a else left) @ (right.T if flip_b else right)),
                                  *product_range((a, *of_x), (b, *of_y))],
           Toutput="qint32", Tactivation=b, transpose_a=flip_a, transpose_b=flip_b)
    for a, b in [("quint8", "quint8"), ("quint8", "qint8"), ("qint8", "qint8"), ("qint8", "quint8")]:
        check(a, b, 2, 3, 4)
    for flips in [(True, False), (False, True), (True, True)]:
        check("quint8", "quint8", 3, 4, 5, *flips)
    for sizes in [(1, 1, 1), (0, 3, 2), (2, 0, 3), (2, 3, 0), (17, 70, 33)]:
        check("quint8", "quint8", *sizes)
    x, zero, one = spread("quint8", (2, 3)), np.float32(0), np.float32(1)
    op([x, x, zero, one, zero, one], [None] * 3, error="QuantizedMatMul", Toutput="qint32")
    op([x, spread("quint8", (3, 2)), one, zero, zero, one], [None] * 3, error="range", Toutput="qint32")
