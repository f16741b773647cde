"""QuantizedConv2D: a convolution of quantized images, in 32 bits and with its range; around the image is 0."""
import numpy as np
from kit.quantized import even_range, product_range, spread, zero_point
from kit.values import Tensor
from kit.windows import CONVOLUTIONS, convolve


def cases(op):
    def check(x_type, f_type, case, batch=2):
        (*sizes, channels), window, outputs, strides, padding, _ = case
        x, f = spread(x_type, (batch, *sizes, channels)), spread(f_type, (*window, channels, outputs), seed=1)
        of_x, of_f = even_range(x_type, 4, 100), even_range(f_type, 8, 30)
        image, taps = [q.data.astype(int) - zero_point(q.dtype, *of) for q, of in ((x, of_x), (f, of_f))]
        op([x, f, *of_x, *of_f], [Tensor("qint32", convolve(image, taps, strides, padding)),
                                  *product_range((x_type, *of_x), (f_type, *of_f))],
           out_type="qint32", strides=[1, *strides, 1], padding=padding)
    plain = [case for case in CONVOLUTIONS if isinstance(case[4], str) and case[5] is None]
    for case in plain:
        check("quint8", "quint8", case)
    for types in [("quint8", "qint8"), ("qint8", "qint8")]:
        check(*types, plain[0])
    check("quint8", "quint8", plain[0], batch=0)
    x, zero, one = spread("quint8", (1, 3, 3, 2)), np.float32(0), np.float32(1)
    op([x, spread("quint8", (2, 2, 3, 1)), zero, one, zero, one], [None] * 3, error="QuantizedConv2D",
       out_type="qint32", strides=[1, 1, 1, 1], padding="SAME")
