"""Size: the number of elements."""
import numpy as np
from kit.movement import FEW, Tensor, sample


def cases(op):
    for dtype in FEW:
        op([sample(dtype, (2, 3))], Tensor("int32", 6))
    for shape in [(), (0,), (5,), (0, 4), (2, 1, 3), (1, 2, 1, 2, 1, 2, 1, 2)]:
        for kind in ["int32", "int64"]:
            op([sample("float", shape)], Tensor(kind, np.prod(shape)), out_type=kind)
