"""TensorListStack: the elements of a list as one tensor; what was never written is 0."""
import numpy as np
from kit.lists import dims, elements, from_tensor, handle, stack
from kit.movement import Tensor


def cases(op):
    def check(tensor):
        def build(nodes, x):
            return [stack(nodes, from_tensor(nodes, x, tensor.shape[1:]), x.dtype, tensor.shape[1:],
                          num_elements=tensor.shape[0])]
        op.graph(build, [tensor], tensor)
    elements(op, check)

    def zeros(nodes, count):
        items = handle(nodes, "TensorListReserve", [dims(nodes, (2,)), count], "float")
        return [stack(nodes, items, "float", (2,))]
    op.graph(zeros, [np.int32(3)], Tensor("float", np.zeros((3, 2))), fed=[])
