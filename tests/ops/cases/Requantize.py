"""Requantize: numbers of 32 bits as integers of 8 bits of another range."""
import numpy as np
from kit.quantized import SHAPES, away, ends
from kit.values import Tensor, sample


def cases(op):
    def check(dtype, shape, low, high):
        # Numbers that are hardly off whole steps of the new range, from -2048 to 2048.
        most, last = 2.0**11, ends(dtype)
        step = (high - low) / (last[1] - last[0])
        steps = sample("int32", shape, low=int(low / step) - 20, high=int(high / step) + 20).wide
        x = Tensor("qint32", np.rint(steps * step / most * 2.0**31))
        expected = np.clip(steps - away(low / step) + last[0], *last)
        op([x, np.float32(-most), np.float32(most), np.float32(low), np.float32(high)],
           [Tensor(dtype, expected), np.float32(low), np.float32(high)], out_type=dtype)
    for dtype in ["quint8", "qint8"]:
        for low, high in [(0.0, 255.0), (-127.5, 127.5), (-32.0, 31.75), (0.0, 63.75), (-16.0, 15.875)]:
            check(dtype, (40,), low, high)
    for shape in SHAPES:
        check("quint8", shape, -32.0, 31.75)
    x, one = Tensor("qint32", [1]), np.float32(1)
    op([x, -one, one, one, np.float32(2)], [None] * 3, error="requested_output_min", out_type="quint8")
    op([x, one, -one, -one, one], [None] * 3, error="range", out_type="quint8")
