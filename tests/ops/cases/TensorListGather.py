"""TensorListGather: some elements of a list as one tensor."""
import numpy as np
from kit.lists import dims, elements, from_tensor, handle
from kit.movement import Tensor, sample


def build_for(shape):
    def build(nodes, x, indices):
        return [handle(nodes, "TensorListGather", [from_tensor(nodes, x, shape), indices, dims(nodes, shape)], x.dtype)]
    return build


def cases(op):
    def check(tensor):
        for indices in [[3, 0, 3], []]:
            op.graph(build_for(tensor.shape[1:]), [tensor, Tensor("int32", indices)],
                     Tensor(tensor.dtype, tensor.wide[np.int64(indices)]))
    elements(op, check, empty=False)
    for i in [4, -1]:
        op.graph(build_for((2,)), [sample("float", (4, 2)), np.int32([0, i])], error="index")
