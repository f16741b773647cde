"""SelectV2: t where the condition holds, else e; all three are broadcast."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, NAN, SIGNED, UNSIGNED, sample


def cases(op):
    for dtype in FLOATS + SIGNED + UNSIGNED + COMPLEX + ["bool"]:
        op([sample("bool", (3, 5)), sample(dtype, (3, 5)), sample(dtype, (5,), seed=1)], np.where, dtype=dtype)
    for c, t, e in [((), (2, 3), (3,)), ((3, 1), (4,), ()), ((4,), (2, 1), (2, 4)), ((2, 1, 1, 3), (5, 1, 3), (4, 1)),
                    ((0, 3), (3,), ()), ((), (), ()), ((1003,), (1,), (1003,))]:
        op([sample("bool", c), sample("float", t), sample("float", e, seed=1)], np.where, dtype="float")
    op([np.bool_([True, False]), np.float32([NAN, 1]), np.float32([2, NAN])], np.float32([NAN, NAN]))
    op([np.bool_([True, False]), np.float32([1, 2, 3]), np.float32(1)], error="broadcast")
    op([np.bool_([True, False]), np.array(["a", "b"]), np.array(["", "cd"])], np.array(["a", "cd"]))
