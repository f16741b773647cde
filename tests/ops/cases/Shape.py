"""Shape: the sizes of the dimensions."""
from kit.movement import FEW, Tensor, sample

SHAPES = [(), (0,), (5,), (0, 4), (2, 1, 3), (1, 2, 1, 2, 1, 2, 1, 2)]


def cases(op):
    for dtype in FEW:
        op([sample(dtype, (2, 3))], Tensor("int32", [2, 3]))
    for shape in SHAPES:
        for kind in ["int32", "int64"]:
            op([sample("float", shape)], Tensor(kind, shape), out_type=kind)
