"""Stacks of recurrent layers in numpy, with their weights in one vector."""
import numpy as np

from kit.values import sample

GATES = {"rnn_relu": 1, "rnn_tanh": 1, "lstm": 4, "gru": 3}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def step(mode, x, h, c, w, r, bw, br):
    own = [x @ a.T + b for a, b in zip(w, bw)]
    back = [h @ a.T + b for a, b in zip(r, br)]
    if mode == "lstm":
        i, f, g, o = [a + b for a, b in zip(own, back)]
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        return sigmoid(o) * np.tanh(c), c
    if mode == "gru":
        reset, update = sigmoid(own[0] + back[0]), sigmoid(own[1] + back[1])
        candidate = np.tanh(own[2] + reset * back[2])
        return (1 - update) * candidate + update * h, c
    total = own[0] + back[0]
    return (np.maximum(total, 0) if mode == "rnn_relu" else np.tanh(total)), c


def run(mode, x, h0, c0, params, directions, lengths=None):
    """Time first; [output, output_h, output_c]."""
    gates, units = GATES[mode], h0.shape[2]
    at = 0

    def take(count, *shape):
        nonlocal at
        size = int(np.prod(shape))
        parts = [params[at + i * size:at + (i + 1) * size].reshape(shape) for i in range(count)]
        at += count * size
        return parts
    weights = []
    for i in range(len(h0)):
        inputs = x.shape[2] if i < directions else units * directions
        weights.append([take(gates, units, inputs), take(gates, units, units)])
    for own in weights:
        own += [take(gates, units), take(gates, units)]
    assert at == len(params)
    lengths = [len(x)] * x.shape[1] if lengths is None else lengths
    last_h, last_c = h0.copy(), c0.copy()
    for layer in range(len(h0) // directions):
        out = np.zeros((*x.shape[:2], units * directions))
        for way in range(directions):
            state = layer * directions + way
            for b, length in enumerate(lengths):
                h, c = h0[state, b], c0[state, b] if mode == "lstm" else None
                for t in range(length) if way == 0 else reversed(range(length)):
                    h, c = step(mode, x[t, b], h, c, *weights[state])
                    out[t, b, way * units:(way + 1) * units] = h
                last_h[state, b] = h
                if mode == "lstm":
                    last_c[state, b] = c
        x = out
    return [x, last_h, last_c if mode == "lstm" else np.zeros(())]


def check(op, third=False, tail=1):
    def one(dtype, mode, direction, layers, time=5, batch=2, inputs=3, units=4, lengths=None, major=True):
        directions = 2 if direction == "bidirectional" else 1
        gates, states = GATES[mode], layers * directions
        count = sum(gates * units * ((inputs if i < directions else units * directions) + units + 2)
                    for i in range(states))
        params = np.sin(np.arange(count)) / 2
        x, h = sample(dtype, (time, batch, inputs)), sample(dtype, (states, batch, units), 1)
        c = sample(dtype, (states, batch, units), 2)
        kind = x.data.dtype
        outs = run(mode, x.data.astype(np.float64), h.data.astype(np.float64), c.data.astype(np.float64),
                   params.astype(kind).astype(np.float64), directions, lengths)
        feeds = [x.data, h.data, c.data]
        given = {}
        if third:
            given = {"time_major": major}
            if not major:
                feeds = [np.ascontiguousarray(part.swapaxes(0, 1)) for part in feeds]
                outs = [part.swapaxes(0, 1) if part.ndim == 3 else part for part in outs]
        feeds.append(params.astype(kind))
        if third:
            feeds.append(np.int32([time] * batch if lengths is None else lengths))
        outs = [np.asarray(part).astype(kind) for part in outs] + [None] * tail
        op(feeds, outs, rnn_mode=mode, direction=direction, is_training=False,
           rtol=1e-5 if dtype == "float" else 1e-12, atol=1e-5 if dtype == "float" else 1e-12, **given)
    for mode in GATES:
        for direction in ["unidirectional", "bidirectional"]:
            one("float", mode, direction, 1)
        one("double", mode, "bidirectional", 2)
        one("float", mode, "unidirectional", 3, time=1, batch=1)
        if third:
            one("float", mode, "bidirectional", 2, lengths=[5, 2])
            one("float", mode, "bidirectional", 1, lengths=[0, 3])
            one("float", mode, "unidirectional", 1, major=False)
            one("double", mode, "bidirectional", 2, lengths=[1, 4], major=False)
    x = sample("float", (5, 2, 3))
    state = sample("float", (1, 2, 4))
    more = [np.int32([5, 5])] if third else []
    op([x, state, state, sample("float", (7,)), *more], error="params", is_training=False)
    op([x, state, state, sample("float", (144,)), *more], error="unsupported op", is_training=False,
       input_mode="skip_input")
    op([x, state, state, sample("float", (144,)), *more], error="unsupported op", is_training=True, dropout=0.5)
    if third:
        op([x, state, state, sample("float", (144,)), np.int32([5, 6])], error="sequence_lengths", is_training=False)
