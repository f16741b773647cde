"""Conv3DBackpropInputV2: the transposed convolution over three dimensions."""
import numpy as np
from kit.elementwise import FLOATS, Tensor, sample
from kit.windows import Layout, convolve_transposed, output_and_pads, swap, wide

CASES = [((4, 5, 6), (3, 3, 3), (1, 1, 1), "SAME"), ((4, 5, 6), (2, 3, 2), (1, 1, 1), "VALID"),
         ((5, 6, 7), (3, 3, 3), (2, 1, 2), "SAME"), ((4, 4, 4), (2, 2, 2), (2, 2, 2), "VALID")]


def check(op, dtype, case, first, batch=2, kind="int32"):
    sizes, window, strides, padding = case
    layout = Layout(5, first)
    out = [output_and_pads(*args, padding)[0] for args in zip(sizes, window, strides)]
    shape = (batch, *sizes, 2)
    w, y = sample(dtype, (*window, 2, 3)), sample(dtype, (batch, *out, 3), seed=1)
    expected = convolve_transposed(shape, wide(w.wide), wide(y.wide), strides, padding)
    op([Tensor(kind, swap(np.zeros(shape), first).shape), w, Tensor(dtype, swap(y.wide, first))], swap(expected, first),
       dtype=dtype, fed=[1, 2], **layout.attributes(strides, padding))


def cases(op):
    for first in [False, True]:
        for dtype in FLOATS:
            check(op, dtype, CASES[0], first, batch=1)
        for case in CASES:
            check(op, "float", case, first, kind="int64")
