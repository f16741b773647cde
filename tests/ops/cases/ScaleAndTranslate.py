"""ScaleAndTranslate: every kernel, growing and shrinking, moved out of the image."""
import numpy as np
from kit.values import sample


def lanczos(radius):
    def at(x):
        return 0 if x > radius else 1 if x <= 1e-3 else \
            radius * np.sin(np.pi * x) * np.sin(np.pi * x / radius) / (np.pi * x) ** 2
    return radius, at


def keys(x):
    return 0 if x >= 2 else ((-0.5 * x + 2.5) * x - 4) * x + 2 if x >= 1 else (1.5 * x - 2.5) * x * x + 1


def mitchell(x):
    return 0 if x >= 2 else ((-7 / 18 * x + 2) * x - 10 / 3) * x + 16 / 9 if x >= 1 else \
        (7 / 6 * x - 2) * x * x + 8 / 9


KERNELS = {
    "lanczos1": lanczos(1), "lanczos3": lanczos(3), "lanczos5": lanczos(5),
    "gaussian": (1.5, lambda x: 0 if x >= 1.5 else np.exp(-2 * x * x)),
    "box": (1, lambda x: 1 if x < 0.5 else 0.5 if x == 0.5 else 0),
    "triangle": (1, lambda x: max(1 - x, 0)), "keyscubic": (2, keys), "mitchellcubic": (2, mitchell)}


def weights(size, out, scale, translation, kernel, antialias):
    radius, at = KERNELS[kernel]
    width = max(1 / scale, 1) if antialias else 1
    matrix = np.zeros((out, size))
    for i in range(out):
        sample_at = (i + 0.5) / scale - translation / scale
        if sample_at < 0 or sample_at > size:
            continue
        first = int(np.clip(np.ceil(sample_at - radius * width - 0.5), 0, size - 1))
        last = int(np.clip(np.floor(sample_at + radius * width - 0.5), 0, size - 1))
        for k in range(first, last + 1):
            matrix[i, k] = at(abs(k + 0.5 - sample_at) / width)
        total = matrix[i].sum()
        matrix[i] /= total if abs(total) > 1e-30 else 1
    return matrix


def cases(op):
    def check(dtype, shape, size, scale, translation, kernel, antialias=True):
        def expected(x, *_):
            rows = weights(shape[1], size[0], scale[0], translation[0], kernel, antialias)
            columns = weights(shape[2], size[1], scale[1], translation[1], kernel, antialias)
            return np.einsum("ri,bijc,kj->brkc", rows, x.astype(np.float64), columns)
        op([sample(dtype, shape), np.int32(size), np.float32(scale), np.float32(translation)], expected, dtype="float",
           fed=[0], kernel_type=kernel, antialias=antialias, rtol=1e-4, atol=1e-4)
    for dtype in ["float", "double", "half", "bfloat16", "int8", "int16", "int32", "int64", "uint8", "uint16"]:
        check(dtype, (1, 4, 5, 2), (6, 3), (1.5, 0.625), (0, 0), "triangle")
    for kernel in KERNELS:
        check("float", (2, 7, 6, 3), (4, 9), (0.5625, 1.5), (0, 0.25), kernel)
        check("float", (2, 7, 6, 3), (4, 9), (0.5625, 1.5), (0, 0.25), kernel, antialias=False)
    check("float", (1, 4, 4, 1), (6, 6), (1, 1), (2.5, -2.5), "triangle")
    x = sample("float", (1, 4, 4, 1))
    two = np.float32([1, 1])
    op([x, np.int32([4, 0]), two, two], error="sizes above zero")
    op([x, np.int32([4, 4]), np.float32([1, 0]), two], error="scales above zero")
    op([x, np.int32([4, 4]), two, two], error="kernel_type", kernel_type="mystery")
