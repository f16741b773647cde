"""ApproximateEqual: |x - y| < tolerance, of tensors of one shape."""
import numpy as np
from kit.elementwise import FLOATS, INF, NAN, SIGNED, Tensor, sample


def cases(op):
    for dtype in FLOATS + SIGNED:
        op([sample(dtype, (3, 5)), sample(dtype, (3, 5), seed=1)], lambda x, y: abs(x.astype(float) - y) < 2,
           dtype="bool", tolerance=2.0)
    op([np.float32([1, 1, NAN, INF]), np.float32([1.000001, 1.1, NAN, 1])], np.bool_([True, False, False, False]))
    op([np.float32(1), np.float32(1.5)], np.bool_(True), tolerance=1.0)
    op([Tensor("float", np.zeros((0, 3))), Tensor("float", np.zeros((0, 3)))], np.zeros((0, 3), bool))
