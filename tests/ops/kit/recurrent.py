"""Recurrent cells in numpy."""
import numpy as np

from kit.values import Tensor, sample

# Batch, inputs, units
SIZES = [(2, 3, 4), (1, 1, 1), (3, 5, 2), (2, 17, 19)]
LIMITS = {"float": (1e-5, 1e-5), "half": (1e-2, 1e-2)}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def small(dtype, shape, seed):
    return Tensor(dtype, sample("float", shape, seed=seed, low=-4, high=4).wide / 8)


def parameters(dtype, inputs, units):
    """w, wci, wcf, wco, b"""
    shapes = [(inputs + units, 4 * units), (units,), (units,), (units,), (4 * units,)]
    return [small(dtype, shape, seed) for seed, shape in enumerate(shapes)]


def lstm(x, cs, h, w, wci, wcf, wco, b, order="icfo", forget_bias=1.0, cell_clip=3.0, use_peephole=False):
    """One step; order: of the gates in w and b."""
    x, cs, h, w, wci, wcf, wco, b = [np.asarray(part, float) for part in (x, cs, h, w, wci, wcf, wco, b)]
    if not use_peephole:
        wci = wcf = wco = 0
    gates = dict(zip(order, np.split(np.concatenate([x, h], 1) @ w + b, 4, 1)))
    i = sigmoid(gates["i"] + cs * wci)
    f = sigmoid(gates["f"] + forget_bias + cs * wcf)
    ci = np.tanh(gates["c"])
    cs = ci * i + cs * f
    if cell_clip > 0:
        cs = np.clip(cs, -cell_clip, cell_clip)
    o = sigmoid(gates["o"] + cs * wco)
    co = np.tanh(cs)
    return [i, cs, f, o, ci, co, co * o]


def blocks(op, order, **extra):
    """The cell over the steps of a sequence; `extra`: attributes of one version only."""
    def check(dtype, batch, inputs, units, steps=4, length=None, **given):
        x = small(dtype, (steps, batch, inputs), 7)
        cs, h = small(dtype, (batch, units), 8), small(dtype, (batch, units), 9)
        weights = parameters(dtype, inputs, units)
        form = {"forget_bias": 0.0, "cell_clip": 0.0, **given}
        found, state = [], (cs.wide, h.wide)
        for step in range(steps if length is None else length):
            found.append(lstm(x.wide[step], *state, *[part.wide for part in weights], order=order, **form))
            state = found[-1][1], found[-1][6]
        outputs = [np.stack(part) for part in zip(*found)] if found else [np.zeros((0, batch, units))] * 7
        if length is not None:
            # What comes after the end is 0, of the states; of the gates it does not matter.
            rest = np.zeros((steps - length, batch, units))
            outputs = [np.concatenate([part, rest]) if i in (1, 6) else None for i, part in enumerate(outputs)]
        rtol, atol = LIMITS[dtype]
        op([np.int64(steps if length is None else length), x, cs, h, *weights], outputs, dtype=dtype, rtol=rtol,
           atol=atol, **given)
    defaults = {"cell_clip": -1.0, **extra}
    for dtype in ["float", "half"]:
        check(dtype, 2, 3, 4, **defaults)
    for sizes in SIZES:
        check("float", *sizes, **{**defaults, "use_peephole": True})
    check("float", 2, 3, 4, steps=1, **defaults)
    check("float", 2, 3, 4, **{**defaults, "cell_clip": 0.25})
    for length in [0, 2, 4]:
        check("float", 2, 3, 4, length=length, **defaults)
