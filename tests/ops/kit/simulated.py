"""QuantizeAndDequantize in numpy, in the element type."""
import numpy as np

from kit.values import sample

BITS = [(8, True, False), (8, True, True), (8, False, False), (4, True, False), (3, False, False), (1, False, False)]


def simulate(x, low, high, bits, signed, narrow, clamps, to_even=True):
    kind = x.dtype.type
    half = 2 ** (bits - 1)
    lowest = kind(0 if not signed else -half + 1 if narrow else -half)
    highest = kind(half - 1 if signed else 2 * half - 1)
    low, high = kind(low), kind(high)
    most = np.finfo(kind).max
    with np.errstate(all="ignore"):
        from_low = lowest / low if lowest * low > 0 else most
        from_high = highest / high if highest * high > 0 else most
        if from_low < from_high:
            scale, inverse = from_low, low / lowest
            high = highest * inverse
        else:
            scale, inverse = from_high, high / highest
            low = lowest * inverse
    if clamps:
        x = np.clip(x, low, high)
    scaled = x * kind(scale)
    rounded = np.rint(scaled) if to_even else np.floor(scaled + kind(0.5))
    return (rounded.astype(kind) * kind(inverse)).astype(kind)


def along(x, lows, highs, axis, *given, **more):
    parts = np.split(x, x.shape[axis], axis)
    return np.concatenate([simulate(part, low, high, *given, **more)
                           for part, low, high in zip(parts, lows, highs)], axis)


def check(op, dtype, bits_operand=False, rounds=True):
    kind = {"float": np.float32, "double": np.float64}[dtype]
    low, high = kind(-3.5), kind(2.75)
    x = sample(dtype, (3, 4, 2))
    exact = {"rtol": 0, "atol": 1e-30}

    def run(source, low, high, bits, expected, **given):
        extra = [np.int32(bits)] if bits_operand else []
        given = dict(given) if bits_operand else dict(given, num_bits=bits)
        op([source, kind(low), kind(high), *extra], expected, **exact, **given)
    for bits, signed, narrow in BITS:
        if bits == 1 and signed:
            continue
        for clamps in [True, False]:
            own = (low, high) if clamps else (x.wide.min(), x.wide.max())
            run(x, low, high, bits, simulate(x.wide, *own, bits, signed, narrow, clamps),
                signed_input=signed, narrow_range=narrow, range_given=clamps)
    if rounds:
        run(x, low, high, 8, simulate(x.wide, low, high, 8, True, False, True, to_even=False), signed_input=True,
            range_given=True, round_mode="HALF_UP")
    for axis in [0, 1, 2]:
        lows = np.asarray(-1 - np.arange(x.shape[axis]), kind)
        highs = np.asarray(2 + np.arange(x.shape[axis]), kind)
        run(x, lows, highs, 8, along(x.wide, lows, highs, axis, 8, True, False, True), axis=axis, range_given=True)
        own = tuple(i for i in range(3) if i != axis)
        run(x, lows, highs, 8, along(x.wide, x.wide.min(own), x.wide.max(own), axis, 8, True, False, False),
            axis=axis, range_given=False)
    run(sample(dtype, (0,)), low, high, 8, sample(dtype, (0,)).wide, range_given=False)
    op([x, high, low] + ([np.int32(8)] if bits_operand else []), error="minimum is not above", range_given=True)
    op([x, low, high] + ([np.int32(8)] if bits_operand else []), error="axis", axis=3, range_given=True)
    op([x, kind([1, 2]), kind([3, 4])] + ([np.int32(8)] if bits_operand else []), error="slices", axis=0,
       range_given=True)
