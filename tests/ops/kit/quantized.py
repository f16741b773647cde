"""Quantized numbers in numpy: integers whose lowest and highest value stand for the ends of a range."""
import numpy as np

from kit.values import DTYPES, Tensor

TYPES = ["quint8", "qint8", "quint16", "qint16"]
BYTES = ["quint8", "qint8"]
SHAPES = [(), (0, 3), (2, 1, 3, 1, 2, 1, 2, 1), (1003,)]


def ends(dtype):
    info = np.iinfo(DTYPES[dtype])
    return int(info.min), int(info.max)


def spread(dtype, shape, seed=0, low=None, high=None):
    """All over the type."""
    least, most = ends(dtype)
    rng = np.random.RandomState(seed + 5)
    return Tensor(dtype, rng.randint(least if low is None else low, (most if high is None else high) + 1, shape))


def even_range(dtype, steps, zero):
    """A range of `steps` numbers to 1 (a power of two) in which `zero` numbers are below 0."""
    least, most = ends(dtype)
    return np.float32(-zero / steps), np.float32((most - least - zero) / steps)


def away(x):
    """Rounded, halves away from 0."""
    return np.trunc(x + np.copysign(0.5, x))


def real(q, low, high):
    """The numbers that are meant."""
    least, most = ends(q.dtype)
    return float(low) + (q.data.astype(float) - least) * (float(high) - float(low)) / (most - least)


def product_range(a, b):
    """Of products in 32 bits; a and b: (dtype, low, high)."""
    level = np.prod([(float(high) - float(low)) / (ends(dtype)[1] - ends(dtype)[0]) for dtype, low, high in (a, b)])
    return np.float32(level * -2.0**31), np.float32(level * (2.0**31 - 1))


def zero_point(dtype, low, high):
    """Which number stands for 0."""
    least, most = ends(dtype)
    return least - int(away(float(low) * (most - least) / (float(high) - float(low))))


def sum_range(*ranges):
    most = np.float32(max(max(-low, high) for low, high in ranges) * 2**14)
    return -most, most


def as_sum(x, most):
    """Real numbers in 32 bits of the range from -most to most."""
    return Tensor("qint32", np.clip(away(np.asarray(x) / float(most) * (2.0**31 - 0.5) - 0.5), -2**31, 2**31 - 1))
