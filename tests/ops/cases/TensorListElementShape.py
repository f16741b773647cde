"""TensorListElementShape: the shape of the elements of a list."""
from kit.lists import elements, from_tensor
from kit.movement import Tensor


def cases(op):
    def check(tensor):
        for kind in ["int32", "int64"]:
            def build(nodes, x, kind=kind):
                return nodes(op.op, [from_tensor(nodes, x, tensor.shape[1:])], shape_type=kind)
            op.graph(build, [tensor], Tensor(kind, tensor.shape[1:]))
    elements(op, check)
