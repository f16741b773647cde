"""Select: t or e; the condition is a scalar, of their shape, or chooses slices."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, NAN, SIGNED, UNSIGNED, sample


def choose(c, t, e):
    return np.where(c.reshape(c.shape + (1,) * (t.ndim - c.ndim)) if c.ndim == 1 else c, t, e)


def cases(op):
    for dtype in FLOATS + SIGNED + UNSIGNED + COMPLEX + ["bool"]:
        op([sample("bool", (3, 5)), sample(dtype, (3, 5)), sample(dtype, (3, 5), seed=1)], choose, dtype=dtype)
    for condition, shape in [((), (2, 3)), ((), ()), ((4,), (4,)), ((4,), (4, 2, 3)), ((0,), (0, 3)), ((2, 0), (2, 0)),
                             ((1003,), (1003,))]:
        op([sample("bool", condition), sample("float", shape), sample("float", shape, seed=1)], choose, dtype="float")
    op([np.bool_([True, False]), np.float32([NAN, 1]), np.float32([2, NAN])], np.float32([NAN, NAN]))
    op([np.bool_([True]), np.float32([1, 2]), np.float32([3, 4])], error="condition")
    op([np.bool_(True), np.float32([1, 2]), np.float32([3, 4, 5])], error="one shape")
    op([np.bool_([True, False]), np.array(["a", "b"]), np.array(["", "cd"])], np.array(["a", "cd"]))
