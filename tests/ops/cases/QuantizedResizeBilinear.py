"""QuantizedResizeBilinear: as ResizeBilinear, in integers with 7 fractional bits (30 of qint32); the range stays."""
import numpy as np
from kit.images import RESIZES
from kit.quantized import even_range, spread
from kit.values import Tensor


def neighbours(size, out, bits, align_corners=False, half_pixel_centers=False):
    """Of each pixel: the two next to it, and the part of the second."""
    scale = np.float32(size - 1) / np.float32(out - 1) if align_corners and out > 1 else \
        np.float32(size) / np.float32(out)
    i = np.arange(out, dtype=np.float32)
    half = np.float32(0.5)
    place = (i + half) * scale - half if half_pixel_centers else i * scale
    part = ((place - np.floor(place)) * np.float32(2**bits)).astype(np.int64)
    upper = np.clip(np.ceil(place).astype(int), 0, size - 1)
    return np.minimum(np.clip(np.floor(place).astype(int), 0, size - 1), upper), upper, part


def towards_zero(a, b):
    return np.sign(a) * (np.abs(a) // b)


def resize(x, out, bits, **given):
    x, one = x.astype(np.int64), 2**bits
    if x.shape[1:3] == tuple(out):
        return x
    (top, bottom, down), (left, right, along) = [neighbours(size, to, bits, **given)
                                                 for size, to in zip(x.shape[1:3], out)]
    down, along = down[:, None, None], along[:, None]

    def between(row):
        first = x[:, row][:, :, left]
        return first * one + (x[:, row][:, :, right] - first) * along
    upper = between(top)
    value = upper + towards_zero(between(bottom) - upper, one) * down
    return towards_zero(value + one // 2, one)


def cases(op):
    def check(dtype, shape, out, **given):
        wide = dtype == "qint32"
        x = Tensor(dtype, np.random.RandomState(3).randint(-2**31, 2**31, shape)) if wide else spread(dtype, shape)
        ends = np.float32([-1.5, 2.5])
        op([x, np.int32(out), *ends], [Tensor(dtype, resize(x.data, out, 30 if wide else 7, **given)), *ends],
           fed=[0, 2, 3], **given)
    for sizes, out in RESIZES:
        for given in ({}, {"half_pixel_centers": True}, {"align_corners": True}):
            check("quint8", (2, *sizes, 3), out, **given)
    check("qint32", (1, 4, 5, 2), (6, 3))
    check("qint32", (1, 4, 5, 2), (9, 11), half_pixel_centers=True)
    check("quint8", (0, 4, 5, 2), (6, 3))
    ends = even_range("quint8", 4, 100)
    op([spread("quint8", (4, 5, 2)), np.int32([6, 3]), *ends], [None] * 3, error="rank 4", fed=[0])
    op([spread("quint8", (1, 4, 5, 2)), np.int32([6, 0]), *ends], [None] * 3, error="size of at least 1", fed=[0])
