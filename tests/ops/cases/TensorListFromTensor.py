"""TensorListFromTensor: the slices of a tensor as a list."""
from kit.lists import elements, from_tensor, stack


def cases(op):
    def check(tensor):
        def build(nodes, x):
            return [stack(nodes, from_tensor(nodes, x, tensor.shape[1:]), x.dtype, tensor.shape[1:])]
        op.graph(build, [tensor], tensor)
    elements(op, check)
