"""ShapeN: the sizes of the dimensions of some tensors."""
from kit.movement import FEW, Tensor, sample


def cases(op):
    for dtype in FEW:
        op([(sample(dtype, (2, 3)), sample(dtype, ()))], [Tensor("int32", [2, 3]), Tensor("int32", [])])
    shapes = [(4,), (0, 2), (2, 1, 2, 1, 2, 1, 2, 1)]
    for kind in ["int32", "int64"]:
        op([tuple(sample("float", shape) for shape in shapes)], [Tensor(kind, shape) for shape in shapes],
           out_type=kind)
    op([(sample("float", (4,)),)], Tensor("int32", [4]))
