"""TensorArraySplitV3: an array whose elements are parts of a tensor, of given lengths."""
import numpy as np
from kit.arrays import Array, Tensor, elements


def build(nodes, x, lengths):
    array = Array(nodes, x.dtype, 2)
    array.split(x, lengths)
    return [array.stack(2)]


def cases(op):
    def check(tensor):
        whole = Tensor(tensor.dtype, tensor.wide.reshape((2, 2) + tensor.shape[1:]))
        op.graph(build, [tensor, np.int64([2, 2])], whole, fed=[0])
    elements(check)
