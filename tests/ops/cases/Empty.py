"""Empty: a tensor of a shape; with init, of zeros or empty strings."""
import numpy as np
from kit.movement import FEW, Tensor


def cases(op):
    for dtype in FEW:
        zeros = np.full((2, 3), "") if dtype == "string" else np.zeros((2, 3))
        op([np.int32([2, 3])], Tensor(dtype, zeros), init=True, more={"dtype": dtype})
    for shape in [[], [0], [3, 0], [2, 1, 2, 1, 2, 1, 2, 1]]:
        op([Tensor("int32", shape)], Tensor("float", np.zeros(shape)), init=True, more={"dtype": "float"})
    op([np.int32([0, 3])], Tensor("float", np.zeros((0, 3))), more={"dtype": "float"})
    op([np.int32([2, -1])], error="shape", init=True, more={"dtype": "float"})
