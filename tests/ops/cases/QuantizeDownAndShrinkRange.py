"""QuantizeDownAndShrinkRange: numbers of 32 bits as integers of 8 bits of the range that they use."""
import numpy as np
from kit.values import Tensor, sample


def cases(op):
    def check(shape, low, high, most=2048.0):
        """Whole steps of a range from low to high, both of which are there."""
        steps = sample("int32", shape, low=low, high=high).wide.copy()
        steps.ravel()[:2] = low, high
        level = most / 2.0**31
        x = Tensor("qint32", steps * 2**20)
        first = min(0, low)
        step = (high - first) / 255
        expected = np.clip(np.floor((steps - first) / step + 0.5), 0, 255)
        op([x, np.float32(-most), np.float32(most)],
           [Tensor("quint8", expected), Tensor("float", first * 2**20 * level), Tensor("float", high * 2**20 * level)],
           out_type="quint8", rtol=1e-6, atol=1e-4)
    for low, high in [(0, 255), (0, 1020), (100, 510), (0, 51)]:
        for shape in [(40,), (2,), (3, 2, 1, 2, 1, 2, 1, 2)]:
            check(shape, low, high)
    op([Tensor("qint32", [1]), np.float32(1), np.float32(-1)], [None] * 3, error="range", out_type="quint8")
