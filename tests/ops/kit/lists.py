"""Graphs around lists of tensors: what is written to a list is read from it again."""
import numpy as np

from kit.values import Tensor, sample

KINDS = ["float", "double", "half", "int32", "int64", "bool"]
SHAPES = [(), (3,), (0,), (2, 3), (2, 1, 2, 1, 2, 1, 2)]


def handle(nodes, op, inputs, dtype, **more):
    """The first output of a node that takes or gives elements of a type."""
    return nodes(op, inputs, element_dtype=dtype, **more)[0]


def dims(nodes, shape):
    return nodes.const(np.int32(np.reshape(shape, len(shape)).astype(int)))


def from_tensor(nodes, tensor, shape):
    return handle(nodes, "TensorListFromTensor", [tensor, dims(nodes, shape)], tensor.dtype)


def stack(nodes, items, dtype, shape, **more):
    return handle(nodes, "TensorListStack", [items, dims(nodes, shape)], dtype, **more)


def elements(op, check, empty=True):
    """check(tensor): of all element types and shapes; the tensor is the whole list."""
    for dtype in KINDS:
        check(sample(dtype, (4, 2)))
    for shape in SHAPES:
        check(sample("float", (4,) + shape))
    if empty:
        check(sample("float", (0, 2)))


def scatters(op, more=lambda nodes: [], length=None):
    """TensorListScatter and its second version, whose further inputs `more` makes."""
    def build(nodes, tensor, indices, shape):
        items = handle(nodes, op.op, [tensor, indices, dims(nodes, shape)] + more(nodes), tensor.dtype)
        return [stack(nodes, items, tensor.dtype, shape), nodes("TensorListLength", [items])[0]]
    for tensor, indices in [(sample("float", (3, 2)), [2, 0, 1]), (sample("int32", (2,)), [1, 0]),
                            (sample("half", (2, 2, 2)), [0, 1]), (sample("bool", (1, 3)), [0]),
                            (sample("float", (2, 3)), [4, 2])]:
        shape = tensor.shape[1:]
        count = length or max(indices) + 1
        whole = np.zeros((count,) + shape, tensor.wide.dtype)
        whole[indices] = tensor.wide
        op.graph(lambda *given, shape=shape: build(*given, shape), [tensor, np.int32(indices)],
                 [Tensor(tensor.dtype, whole), Tensor("int32", count)], fed=[0])
