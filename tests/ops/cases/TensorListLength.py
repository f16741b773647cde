"""TensorListLength: how many elements a list has."""
from kit.lists import elements, from_tensor
from kit.movement import Tensor


def cases(op):
    def check(tensor):
        def build(nodes, x):
            return nodes(op.op, [from_tensor(nodes, x, tensor.shape[1:])])
        op.graph(build, [tensor], Tensor("int32", tensor.shape[0]))
    elements(op, check)
