"""Fake quantization in numpy, as TensorFlow's manual defines it."""
import numpy as np

RANGES = [(-6.0, 6.0), (0.0, 6.0), (-1.0, 7.5), (-8.0, 0.0), (0.5, 3.0), (-3.0, -0.5)]


def fake(x, low, high, bits, narrow):
    first, last = (1 if narrow else 0), 2**bits - 1
    scale = (float(high) - float(low)) / (last - first)
    zero = np.clip(np.floor(first - float(low) / scale + 0.5), first, last)
    low, high = (first - zero) * scale, (last - zero) * scale
    return np.floor((np.clip(x, low, high) - low) / scale + 0.5) * scale + low
