"""BatchNormWithGlobalNormalization: with and without the scale."""
import numpy as np
from kit.images import normalize
from kit.values import sample


def cases(op):
    for dtype in ["float", "double"]:
        for scales in [True, False]:
            x = sample(dtype, (2, 3, 4, 5))
            m, beta, gamma = [sample(dtype, (5,), seed) for seed in (1, 2, 3)]
            v = sample(dtype, (5,), 4, low=1)
            op([x, m, v, beta, gamma], lambda x, m, v, b, g: normalize(x, g if scales else np.ones(5), b, m, v, 0.125),
               dtype=dtype, variance_epsilon=0.125, scale_after_normalization=scales,
               rtol=1e-5 if dtype == "float" else 1e-13, atol=1e-5 if dtype == "float" else 1e-13)
