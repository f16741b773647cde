"""TensorArrayWriteV3: an array with one element written."""
import numpy as np
from kit.arrays import Array, Tensor, elements, sample


def build(nodes, x, y, i, j):
    array = Array(nodes, x.dtype, 2)
    array.write(i, x)
    array.write(j, y)
    return [array.stack(2)]


def cases(op):
    def check(tensor):
        x, y = [Tensor(tensor.dtype, part) for part in tensor.wide[:2]]
        for i in [0, 1]:
            op.graph(build, [x, y, np.int32(i), np.int32(1 - i)],
                     Tensor(tensor.dtype, np.stack([x.wide, y.wide][::1 if i == 0 else -1])))
    elements(check)
    for i in [2, -1]:
        op.graph(build, [sample("float", (3,)), sample("float", (3,)), np.int32(0), np.int32(i)], error="index")
