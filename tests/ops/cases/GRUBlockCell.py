"""GRUBlockCell: one step of a GRU."""
import numpy as np
from kit.recurrent import SIZES, sigmoid, small


def gru(x, h, w_ru, w_c, b_ru, b_c):
    x, h, w_ru, w_c, b_ru, b_c = [part.astype(float) for part in (x, h, w_ru, w_c, b_ru, b_c)]
    r, u = np.split(sigmoid(np.concatenate([x, h], 1) @ w_ru + b_ru), 2, 1)
    c = np.tanh(np.concatenate([x, h * r], 1) @ w_c + b_c)
    return [r, u, c, (1 - u) * c + u * h]


def cases(op):
    for batch, inputs, units in SIZES + [(0, 3, 4)]:
        shapes = [(batch, inputs), (batch, units), (inputs + units, 2 * units), (inputs + units, units), (2 * units,),
                  (units,)]
        op([small("float", shape, seed) for seed, shape in enumerate(shapes)], gru, rtol=1e-5, atol=1e-5)
    bad = [(2, 3), (2, 4), (7, 7), (7, 4), (8,), (4,)]
    op([small("float", shape, 0) for shape in bad], [None] * 4, error="GRUBlockCell")
