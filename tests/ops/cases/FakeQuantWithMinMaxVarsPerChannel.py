"""FakeQuantWithMinMaxVarsPerChannel: numbers as they come back from a few bits of the range of their channel."""
import numpy as np
from kit.fakes import RANGES, fake
from kit.values import Tensor, sample


def cases(op):
    def check(shape, low, high, bits=8, narrow=False):
        x = Tensor("float", sample("float", shape, low=-9, high=9).wide + 0.03)
        # Each channel has a wider range than the one before.
        lows, highs = [np.float32(end) * (1 + np.arange(shape[-1], dtype=np.float32) / 8) for end in (low, high)]
        expected = [fake(x.wide[..., i], lows[i], highs[i], bits, narrow) for i in range(shape[-1])]
        op([x, lows, highs], np.stack(expected, -1), atol=1e-5, num_bits=bits, narrow_range=narrow)
    for low, high in RANGES:
        check((3, 7), low, high)
        check((3, 7), low, high, narrow=True)
    for bits in [2, 4, 7, 16]:
        check((3, 7), -6.0, 6.0, bits)
    for shape in [(5,), (0, 3), (2, 1, 3, 2), (250, 4)]:
        check(shape, -6.0, 6.0)
