"""TensorArrayConcatV3: the elements of an array one behind the other, and how long each is."""
import numpy as np
from kit.arrays import Array, Tensor, elements


def cases(op):
    def check(tensor):
        def build(nodes, x):
            array = Array(nodes, x.dtype, 4)
            array.unstack(x, 4)
            return array.concat(tensor.shape[2:])
        if tensor.wide.ndim > 1:
            op.graph(build, [tensor], [Tensor(tensor.dtype, np.concatenate(tensor.wide)),
                                       Tensor("int64", [tensor.shape[1]] * 4)])
    elements(check)
