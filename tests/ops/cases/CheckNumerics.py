"""CheckNumerics: the input; inference drops the check as it does other aids of training."""
import numpy as np
from kit.movement import FLOATS, Tensor, passes


def cases(op):
    passes(op, FLOATS, message="")
    for dtype in FLOATS:
        op([Tensor(dtype, [1.0, -0.0, 1e4, np.inf, -np.inf, np.nan])], lambda x: x, message="m", rtol=0, atol=0)
