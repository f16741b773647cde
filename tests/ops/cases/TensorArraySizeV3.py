"""TensorArraySizeV3: how many elements an array has."""
from kit.arrays import Array, Tensor, elements


def build(nodes, x):
    array = Array(nodes, x.dtype, 4)
    array.unstack(x, 4)
    return [array.size()]


def cases(op):
    elements(lambda tensor: op.graph(build, [tensor], Tensor("int32", 4)))
    for count in [0, 1, 1000]:
        op.graph(lambda nodes, count=count: [Array(nodes, "float", count, (2,)).size()], [], Tensor("int32", count))
