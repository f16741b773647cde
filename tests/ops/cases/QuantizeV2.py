"""QuantizeV2: numbers of a range as integers, and the range that was used, which holds 0."""
import numpy as np
from kit.quantized import SHAPES, TYPES, away, ends, even_range
from kit.values import Tensor, sample


def cases(op):
    def check(dtype, mode, shape=(4, 9), zero=None, narrow=False, even=False):
        low, high = ends(dtype)
        x = sample("float", shape, low=-20, high=20)
        first, last = even_range(dtype, 4 if high < 300 else 1024, (high - low) // 3 if zero is None else zero)
        scale, used = (high - low) / (float(last) - float(first)), (first, last)
        if mode == "SCALED":
            least = low + narrow
            last = np.float32(high / 8)
            first = np.float32(-high / 8 if low else 0)
            scale, used = 8, (np.float32(least / 8), last)
        clipped = np.clip(x.wide.astype(float), *[float(end) for end in used])
        if mode == "MIN_FIRST":
            number = away(x.wide * scale) - (away(float(first) * scale) - low)
        elif mode == "SCALED":
            number = np.rint(clipped * 8) if even else away(clipped * 8)
        else:
            shifted = (clipped - float(first)) * scale
            number = away(shifted - (high - low + 1) // 2) if low else np.floor(shifted + 0.5)
        op([x, first, last], [Tensor(dtype, np.clip(number, low, high)), used[0], used[1]], T=dtype, mode=mode,
           narrow_range=narrow, round_mode="HALF_TO_EVEN" if even else "HALF_AWAY_FROM_ZERO")
    for dtype in TYPES:
        for mode in ["MIN_COMBINED", "MIN_FIRST", "SCALED"]:
            check(dtype, mode)
    for shape in SHAPES:
        check("quint8", "MIN_FIRST", shape)
        check("qint8", "MIN_COMBINED", shape)
    check("quint8", "MIN_COMBINED", zero=0)
    check("qint8", "SCALED", narrow=True)
    check("qint8", "SCALED", even=True)
    # The range is made to hold 0, and to be wide enough.
    x = np.float32([0, 1, 2])
    for given, numbers, used in [((1, 63.75), [0, 4, 8], (0, 63.75)), ((0, 0), [0, 255, 255], (0, 0.01)),
                                 ((-63.75, -1), [255, 255, 255], (-63.75, 0))]:
        op([x, *np.float32(given)], [Tensor("quint8", numbers), *np.float32(used)], T="quint8")
    op([x, np.float32(2), np.float32(1)], [None] * 3, error="range", T="quint8")
