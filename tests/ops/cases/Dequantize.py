"""Dequantize: the numbers that integers of a range stand for."""
import numpy as np
from kit.quantized import SHAPES, TYPES, ends, even_range, spread
from kit.values import Tensor


def cases(op):
    def check(dtype, mode, shape=(4, 9), to="float", narrow=False):
        low, high = ends(dtype)
        x = spread(dtype, shape)
        number = x.data.astype(float)
        first, last = even_range(dtype, 4 if high < 300 else 1024, (high - low) // 3)
        if mode == "SCALED":
            first, last = np.float32((low + narrow) / 8), np.float32(high / 8)
            expected = number / 8
        else:
            expected = (number - low) * (float(last) - float(first)) / (high - low) + float(first)
        op([x, first, last], Tensor(to, expected), mode=mode, narrow_range=narrow, more={"dtype": to})
    for dtype in TYPES:
        for mode in ["MIN_COMBINED", "MIN_FIRST", "SCALED"]:
            check(dtype, mode)
    for shape in SHAPES:
        check("quint8", "MIN_FIRST", shape)
        check("qint8", "MIN_COMBINED", shape)
    check("qint8", "SCALED", narrow=True)
    check("quint8", "MIN_COMBINED", to="bfloat16")
    op([Tensor("quint8", [0, 255]), np.float32(1), np.float32(0)], error="range")
