"""LSTMBlockCell: one step of an LSTM, with peepholes and a clipped state if asked for."""
import numpy as np
from kit.recurrent import LIMITS, SIZES, lstm, parameters, small


def cases(op):
    def check(dtype, batch, inputs, units, **given):
        x, cs, h = small(dtype, (batch, inputs), 7), small(dtype, (batch, units), 8), small(dtype, (batch, units), 9)
        rtol, atol = LIMITS[dtype]
        op([x, cs, h, *parameters(dtype, inputs, units)], lambda *parts: lstm(*parts, **given), dtype=dtype, rtol=rtol,
           atol=atol, **given)
    for dtype in ["float", "half"]:
        check(dtype, 2, 3, 4)
    for sizes in SIZES:
        check("float", *sizes, use_peephole=True)
    for given in [{"forget_bias": 0.5}, {"cell_clip": 0.25}, {"cell_clip": -1.0}, {"cell_clip": 0.0}]:
        check("float", 2, 3, 4, **given)
    x, state = small("float", (2, 3), 7), small("float", (2, 4), 8)
    w, *rest = parameters("float", 3, 4)
    op([x, state, state, small("float", (6, 16), 0), *rest], [None] * 7, error="LSTMBlockCell")
    op([x, state, small("float", (2, 5), 0), w, *rest], [None] * 7, error="LSTMBlockCell")
