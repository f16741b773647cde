"""LRN: each element over a power of the squares of the channels around it."""
import numpy as np
from kit.elementwise import precise, sample


def normalize(x, depth_radius=5, bias=1.0, alpha=1.0, beta=0.5):
    x = precise(x)
    sums = [np.sum(np.square(x[..., max(c - depth_radius, 0):c + depth_radius + 1]), -1) for c in range(x.shape[-1])]
    return x / (bias + alpha * np.stack(sums, -1)) ** beta


def cases(op):
    def check(dtype, shape, **given):
        op([sample(dtype, shape)], lambda x: normalize(x, **given), rtol=1e-5 if dtype == "float" else None, **given)
    for dtype in ["float", "half", "bfloat16"]:
        check(dtype, (2, 3, 4, 9))
    for given in [{"depth_radius": 0}, {"depth_radius": 2, "bias": 2.0}, {"alpha": 0.0001, "beta": 0.75},
                  {"depth_radius": 20, "beta": 1.0}, {"beta": 2.0, "alpha": 0.5, "depth_radius": 1}]:
        check("float", (1, 3, 3, 12), **given)
    check("float", (0, 3, 3, 4))
    op([sample("float", (3, 3, 4))], error="rank 4")
