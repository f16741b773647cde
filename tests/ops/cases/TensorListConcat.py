"""TensorListConcat: the elements of a list one behind the other, and how long each is."""
from kit.lists import from_tensor
from kit.movement import Tensor, sample


def cases(op):
    def check(tensor, shape):
        def build(nodes, x):
            return nodes(op.op, [from_tensor(nodes, x, tensor.shape[1:])], element_dtype=x.dtype, element_shape=shape)
        count, length = tensor.shape[:2]
        op.graph(build, [tensor], [Tensor(tensor.dtype, tensor.wide.reshape((count * length,) + tensor.shape[2:])),
                                   Tensor("int64", [length] * count)])
    for dtype in ["float", "double", "half", "int32", "bool"]:
        check(sample(dtype, (3, 2)), (2,))
    for shape in [(3, 2, 4), (1, 5), (2, 0), (3, 2, 1, 2, 1, 2, 1, 2)]:
        check(sample("float", shape), shape[1:])
