"""TensorListPushBack: a list with one element more."""
import numpy as np
from kit.lists import elements, from_tensor, handle, stack
from kit.movement import Tensor, sample


def cases(op):
    def check(tensor):
        def build(nodes, x, item):
            items = handle(nodes, op.op, [from_tensor(nodes, x, tensor.shape[1:]), item], x.dtype)
            return [stack(nodes, items, x.dtype, tensor.shape[1:])]
        item = sample(tensor.dtype, tensor.shape[1:], seed=1)
        op.graph(build, [tensor, item], Tensor(tensor.dtype, np.concatenate([tensor.wide, item.wide[None]])))
    elements(op, check)
