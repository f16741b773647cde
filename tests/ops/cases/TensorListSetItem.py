"""TensorListSetItem: a list with another element at one place."""
import numpy as np
from kit.lists import elements, from_tensor, handle, stack
from kit.movement import Tensor, sample


def build_for(shape):
    def build(nodes, x, i, item):
        items = from_tensor(nodes, x, shape)
        changed = handle(nodes, "TensorListSetItem", [items, i, item], x.dtype)
        return [stack(nodes, changed, x.dtype, shape), stack(nodes, items, x.dtype, shape)]
    return build


def cases(op):
    def check(tensor):
        item = sample(tensor.dtype, tensor.shape[1:], seed=1)
        for i in [0, 3]:
            whole = np.array(tensor.wide)
            whole[i] = item.wide
            # The list that it was made from stays as it was.
            op.graph(build_for(item.shape), [tensor, np.int32(i), item], [Tensor(tensor.dtype, whole), tensor])
    elements(op, check, empty=False)
    for i in [4, -1]:
        op.graph(build_for((2,)), [sample("float", (4, 2)), np.int32(i), sample("float", (2,))], [None, None],
                 error="index")
    for item, error in [(sample("float", (3,)), "it is to hold"), (np.float32(1), "it is to hold")]:
        op.graph(build_for((2,)), [sample("float", (4, 2)), np.int32(0), item], [None, None], error=error)

    def twice(nodes, x, i, j, item):
        """Two lists made of one that is computed."""
        items = from_tensor(nodes, nodes("Neg", [x])[0], ())
        return [stack(nodes, handle(nodes, op.op, [items, at, item], x.dtype), x.dtype, ()) for at in (i, j)]
    op.graph(twice, [np.float32([1, 2, 3]), np.int32(0), np.int32(1), np.float32(9)],
             [np.float32([9, -2, -3]), np.float32([-1, 9, -3])])
