"""TensorListReserve: a list of some elements that are not written yet."""
import numpy as np
from kit.lists import KINDS, SHAPES, dims, handle, stack
from kit.movement import Tensor, sample


def cases(op):
    def check(item, count, at):
        def build(nodes, x, i):
            items = handle(nodes, op.op, [dims(nodes, item.shape), nodes.const(np.int32(count))], x.dtype)
            items = handle(nodes, "TensorListSetItem", [items, i, x], x.dtype)
            return [stack(nodes, items, x.dtype, item.shape), nodes("TensorListLength", [items])[0]]
        whole = np.zeros((count,) + item.shape, item.wide.dtype)
        whole[at] = item.wide
        op.graph(build, [item, np.int32(at)], [Tensor(item.dtype, whole), Tensor("int32", count)])
    for dtype in KINDS:
        check(sample(dtype, (2,)), 3, 1)
    for shape in SHAPES:
        check(sample("float", shape), 2, 0)
