"""TensorArrayGatherV3: some elements of an array as one tensor."""
import numpy as np
from kit.arrays import Array, Tensor, elements, sample


def build(nodes, x, indices):
    array = Array(nodes, x.dtype, 4)
    array.unstack(x, 4)
    return [array.gather(indices)]


def cases(op):
    def check(tensor):
        for indices in [[3, 0, 3], [1]]:
            op.graph(build, [tensor, np.int32(indices)], Tensor(tensor.dtype, tensor.wide[indices]))
    elements(check)
    for i in [4, -1]:
        op.graph(build, [sample("float", (4, 3)), np.int32([0, i])], error="index")
