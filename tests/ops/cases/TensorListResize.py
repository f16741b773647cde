"""TensorListResize: a list of another length; new elements are 0."""
import numpy as np
from kit.lists import elements, from_tensor, stack
from kit.movement import Tensor


def cases(op):
    def check(tensor):
        for size in [2, 6]:
            def build(nodes, x, size=size):
                items, = nodes(op.op, [from_tensor(nodes, x, tensor.shape[1:]), nodes.const(np.int32(size))])
                return [stack(nodes, items, x.dtype, tensor.shape[1:])]
            whole = np.zeros((size,) + tensor.shape[1:], tensor.wide.dtype)
            kept = min(size, tensor.shape[0])
            whole[:kept] = tensor.wide[:kept]
            op.graph(build, [tensor], Tensor(tensor.dtype, whole))
    elements(op, check)
