"""FakeQuantWithMinMaxArgs: numbers as they come back from a few bits of a range, moved so that it has a 0."""
import numpy as np
from kit.fakes import RANGES, fake
from kit.values import Tensor, sample


def cases(op):
    def check(shape, low, high, bits=8, narrow=False):
        x = Tensor("float", sample("float", shape, low=-9, high=9).wide + 0.03)
        op([x], fake(x.wide, low, high, bits, narrow), atol=1e-5, min=low, max=high, num_bits=bits, narrow_range=narrow)
    for low, high in RANGES:
        check((3, 7), low, high)
        check((3, 7), low, high, narrow=True)
    for bits in [2, 4, 7, 16]:
        check((3, 7), -6.0, 6.0, bits)
    for shape in [(), (0, 3), (2, 1, 3, 1, 2, 1, 2, 1), (1003,)]:
        check(shape, -6.0, 6.0)
