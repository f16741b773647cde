"""Conv2DBackpropInput: the transposed convolution, in both formats, of every padding."""
import numpy as np
from kit.elementwise import FLOATS, Tensor, sample
from kit.windows import CONVOLUTIONS, Layout, convolve_transposed, output_and_pads, swap, wide


def check(op, dtype, case, first=False, batch=2, whole=True):
    (*sizes, channels), window, outputs, strides, padding, dilations = case
    layout = Layout(4, first)
    reach = [(k - 1) * d + 1 for k, d in zip(window, dilations or (1, 1))]
    paddings = padding if isinstance(padding, list) else [padding] * 2
    out = [output_and_pads(*args)[0] for args in zip(sizes, reach, strides, paddings)]
    shape = (batch, *sizes, channels)
    w, y = sample(dtype, (*window, channels, outputs)), sample(dtype, (batch, *out, outputs), seed=1)
    given = np.int32(swap(np.zeros(shape), first).shape if whole else sizes)
    expected = convolve_transposed(shape, wide(w.wide), wide(y.wide), strides, padding, dilations)
    op([given, w, Tensor(dtype, swap(y.wide, first))], swap(expected, first),
       dtype=dtype, fed=[1, 2], **layout.attributes(strides, padding, dilations))


def cases(op):
    for first in [False, True]:
        for dtype in FLOATS + ["int32"]:
            check(op, dtype, CONVOLUTIONS[2], first)
        for case in CONVOLUTIONS:
            check(op, "float", case, first)
        check(op, "float", CONVOLUTIONS[0], first, batch=0)
        check(op, "float", CONVOLUTIONS[2], first, whole=False)
    op([np.int32([1, 4, 4, 3]), sample("float", (2, 2, 3, 4)), sample("float", (1, 7, 4, 4))], error="out_backprop",
       fed=[1, 2], strides=[1, 1, 1, 1], padding="SAME")
