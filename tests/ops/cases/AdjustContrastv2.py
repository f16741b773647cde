"""AdjustContrastv2: moves each channel of an image away from its mean."""
import numpy as np
from kit.elementwise import double, sample


def cases(op):
    def check(dtype, shape, factor):
        def change(x):
            mean = x.mean((-3, -2), keepdims=True)
            return (x - mean) * factor + mean
        op([sample(dtype, shape), np.float32(factor)], lambda x, _: double(change)(x),
           rtol=1e-5 if dtype == "float" else 2e-3, atol=1e-5 if dtype == "float" else 1e-2)
    for factor in [0.0, 0.5, 1.0, 2.0]:
        for dtype in ["float", "half"]:
            check(dtype, (2, 3, 4, 3), factor)
    for shape in [(5, 6, 1), (2, 2, 3, 4, 5), (0, 3, 3, 2)]:
        check("float", shape, 1.5)
    op([np.ones((2, 3), np.float32), np.float32(1)], error="3 dimensions")
