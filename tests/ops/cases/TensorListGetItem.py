"""TensorListGetItem: one element of a list."""
import numpy as np
from kit.lists import dims, elements, from_tensor, handle
from kit.movement import Tensor, sample


def build_for(shape):
    def build(nodes, x, i):
        return [handle(nodes, "TensorListGetItem", [from_tensor(nodes, x, shape), i, dims(nodes, shape)], x.dtype)]
    return build


def cases(op):
    def check(tensor):
        for i in [0, 3]:
            op.graph(build_for(tensor.shape[1:]), [tensor, np.int32(i)], Tensor(tensor.dtype, tensor.wide[i]))
    elements(op, check, empty=False)
    for i in [4, -1]:
        op.graph(build_for((2,)), [sample("float", (4, 2)), np.int32(i)], error="index")
