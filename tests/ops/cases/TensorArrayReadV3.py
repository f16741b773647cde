"""TensorArrayReadV3: one element of an array."""
import numpy as np
from kit.arrays import Array, Tensor, elements, sample


def build(nodes, x, i):
    array = Array(nodes, x.dtype, 4)
    array.unstack(x, 4)
    return [array.read(i)]


def cases(op):
    def check(tensor):
        for i in [0, 3]:
            op.graph(build, [tensor, np.int32(i)], Tensor(tensor.dtype, tensor.wide[i]))
    elements(check)
    for i in [4, -1]:
        op.graph(build, [sample("float", (4, 3)), np.int32(i)], error="index")
