"""EmptyTensorList: a list without elements."""
import numpy as np
from kit.lists import KINDS, SHAPES, dims, handle, stack
from kit.movement import Tensor, sample


def cases(op):
    def check(item, count):
        def build(nodes, x):
            items = handle(nodes, op.op, [dims(nodes, item.shape), nodes.const(np.int32(-1))], x.dtype)
            for _ in range(count):
                items = handle(nodes, "TensorListPushBack", [items, x], x.dtype)
            return [stack(nodes, items, x.dtype, item.shape), nodes("TensorListLength", [items])[0]]
        op.graph(build, [item], [Tensor(item.dtype, np.stack([item.wide] * count)) if count else
                                 Tensor(item.dtype, np.zeros((0,) + item.shape)), Tensor("int32", count)])
    for dtype in KINDS:
        check(sample(dtype, (2,)), 2)
    for shape in SHAPES:
        check(sample("float", shape), 0)
        check(sample("float", shape), 3)
