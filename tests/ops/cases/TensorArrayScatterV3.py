"""TensorArrayScatterV3: an array whose elements at some places are the slices of a tensor."""
import numpy as np
from kit.arrays import Array, Tensor, elements, sample


def build(nodes, x, indices):
    array = Array(nodes, x.dtype, 4)
    array.scatter(indices, x)
    return [array.stack(4)]


def cases(op):
    def check(tensor):
        for order in [[2, 0, 3, 1], [0, 1, 2, 3]]:
            whole = np.empty_like(tensor.wide)
            whole[order] = tensor.wide
            op.graph(build, [tensor, np.int32(order)], Tensor(tensor.dtype, whole))
    elements(check)
    for i in [4, -1]:
        op.graph(build, [sample("float", (4, 3)), np.int32([0, 1, 2, i])], error="index")
