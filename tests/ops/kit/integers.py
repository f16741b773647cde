"""Integer arithmetic that numpy has no function for."""
import numpy as np


def truncate_divide(x, y):
    """The quotient toward 0."""
    quotient, remainder = np.divmod(x, y)
    return quotient + ((remainder != 0) & ((x < 0) != (y < 0))).astype(quotient.dtype)


def _clamped(x, y):
    """A number of bits that x has."""
    return np.clip(y.astype(np.int64) if y.dtype != np.uint64 else y, 0, 8 * x.dtype.itemsize - 1).astype(x.dtype)


def shift_left(x, y):
    return np.left_shift(x, _clamped(x, y))


def shift_right(x, y):
    return np.right_shift(x, _clamped(x, y))
