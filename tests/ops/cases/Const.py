"""Const: a value."""
from kit.movement import FEW, Tensor, sample


def cases(op):
    for dtype in FEW:
        op([], sample(dtype, (2, 3)), value=sample(dtype, (2, 3)), more={"dtype": dtype})
    for shape in [(), (0, 3), (2, 1, 2, 1, 2, 1, 2, 1), (1003,)]:
        op([], sample("float", shape), value=sample("float", shape), more={"dtype": "float"})
    op([], Tensor("float", float("nan")), value=Tensor("float", float("nan")), more={"dtype": "float"})
