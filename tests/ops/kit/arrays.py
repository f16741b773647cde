"""Graphs around TF1's arrays of tensors, whose ops are in the order of their flow."""
import numpy as np

from kit.values import Tensor, sample

KINDS = ["float", "double", "half", "int32", "int64", "bool"]
SHAPES = [(), (3,), (0,), (2, 3), (2, 1, 2, 1, 2, 1, 2)]


class Array:
    """An array of `count` elements."""

    def __init__(self, nodes, dtype, count, shape=None, **more):
        self.nodes, self.dtype = nodes, dtype
        self.handle, self.flow = nodes("TensorArrayV3", [nodes.const(np.int32(count))], element_shape=shape,
                                       more={"dtype": dtype}, **more)

    def write(self, index, value):
        self.flow, = self.nodes("TensorArrayWriteV3", [self.handle, index, value, self.flow])

    def scatter(self, indices, value):
        self.flow, = self.nodes("TensorArrayScatterV3", [self.handle, indices, value, self.flow])

    def unstack(self, value, count):
        self.scatter(self.nodes.const(np.arange(count, dtype=np.int32)), value)

    def split(self, value, lengths):
        self.flow, = self.nodes("TensorArraySplitV3", [self.handle, value, lengths, self.flow])

    def read(self, index):
        return self.nodes("TensorArrayReadV3", [self.handle, index, self.flow], more={"dtype": self.dtype})[0]

    def gather(self, indices, shape=None):
        return self.nodes("TensorArrayGatherV3", [self.handle, indices, self.flow], element_shape=shape,
                          more={"dtype": self.dtype})[0]

    def stack(self, count):
        return self.gather(self.nodes.const(np.arange(count, dtype=np.int32)))

    def concat(self, shape=None):
        return self.nodes("TensorArrayConcatV3", [self.handle, self.flow], element_shape_except0=shape,
                          more={"dtype": self.dtype})

    def size(self):
        return self.nodes("TensorArraySizeV3", [self.handle, self.flow])[0]


def elements(check):
    """check(tensor): of all element types and shapes; the tensor is the whole array."""
    for dtype in KINDS:
        check(sample(dtype, (4, 2)))
    for shape in SHAPES:
        check(sample("float", (4,) + shape))


__all__ = ["Array", "Tensor", "elements", "sample"]
