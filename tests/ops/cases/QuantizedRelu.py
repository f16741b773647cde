"""QuantizedRelu: at least 0, in the same range."""
import numpy as np
from kit.quantized import BYTES, SHAPES, even_range, spread, zero_point
from kit.values import Tensor


def cases(op):
    def check(dtype, shape, steps=4, zero=100):
        x, ends = spread(dtype, shape), even_range(dtype, steps, zero)
        least = zero_point(dtype, *ends)
        op([x, *ends], [Tensor(dtype, np.clip(x.data, least, None)), *ends], out_type=dtype)
    for dtype in BYTES:
        check(dtype, (3, 50))
        check(dtype, (50,), 16, 0)
    for shape in SHAPES:
        check("quint8", shape)
    op([spread("quint8", (3,)), np.float32(1), np.float32(0)], [None] * 3, error="range", out_type="quint8")
