"""TensorListStack: the elements of a list as one tensor; what was never written is 0."""
import numpy as np
from kit.lists import dims, elements, from_tensor, handle, stack
from kit.movement import Tensor, sample


def cases(op):
    def check(tensor):
        def build(nodes, x):
            return [stack(nodes, from_tensor(nodes, x, tensor.shape[1:]), x.dtype, tensor.shape[1:],
                          num_elements=tensor.shape[0])]
        op.graph(build, [tensor], tensor)
    elements(op, check)

    def stacked_as(shape, **more):
        return lambda nodes, x: [stack(nodes, from_tensor(nodes, x, (2,)), "float", shape, **more)]
    x = sample("float", (3, 2))
    for shape in [(2,), (-1,)]:
        op.graph(stacked_as(shape), [x], x)
    op.graph(stacked_as((2,), num_elements=4), [x], error="4")
    op.graph(stacked_as((3,)), [x], error="3")

    def zeros(nodes, count):
        items = handle(nodes, "TensorListReserve", [dims(nodes, (2,)), count], "float")
        return [stack(nodes, items, "float", (2,))]
    op.graph(zeros, [np.int32(3)], Tensor("float", np.zeros((3, 2))), fed=[])
