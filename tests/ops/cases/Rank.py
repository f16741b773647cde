"""Rank: the number of dimensions."""
from kit.movement import FEW, Tensor, sample


def cases(op):
    for dtype in FEW:
        op([sample(dtype, (2, 3))], Tensor("int32", 2))
    for shape in [(), (0,), (5,), (2, 1, 3), (1, 2, 1, 2, 1, 2, 1, 2)]:
        op([sample("float", shape)], Tensor("int32", len(shape)))
