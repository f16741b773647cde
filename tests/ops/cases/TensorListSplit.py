"""TensorListSplit: parts of a tensor, of given lengths, as a list."""
import numpy as np
from kit.lists import dims, handle, stack
from kit.movement import Tensor, sample


def cases(op):
    def check(tensor, count):
        length = tensor.shape[0] // count
        shape = (length,) + tensor.shape[1:]

        def build(nodes, x, lengths):
            items = handle(nodes, op.op, [x, dims(nodes, shape), lengths], x.dtype)
            return [stack(nodes, items, x.dtype, shape)]
        whole = Tensor(tensor.dtype, tensor.wide.reshape((count,) + shape))
        op.graph(build, [tensor, np.int64([length] * count)], whole, fed=[0])
        op.graph(build, [tensor, np.int64([length] * count)], whole)
    for dtype in ["float", "double", "half", "int32", "bool"]:
        check(sample(dtype, (6, 2)), 3)
    for shape, count in [((6,), 2), ((6,), 6), ((4, 3), 1), ((6, 2, 1, 2, 1, 2, 1), 2)]:
        check(sample("float", shape), count)

    def of_any_length(nodes, x, lengths):
        return [stack(nodes, handle(nodes, op.op, [x, dims(nodes, (-1, 2)), lengths], x.dtype), x.dtype, (-1, 2))]
    x = sample("float", (6, 2))
    op.graph(of_any_length, [x, np.int64([3, 3])], Tensor("float", x.wide.reshape(2, 3, 2)))
    for lengths in [[2, 2], [1, 2], [5, 5], [7, -1]]:
        op.graph(of_any_length, [x, np.int64(lengths)], error="TensorListSplit")
    def of_two(nodes, x, lengths):
        return [stack(nodes, handle(nodes, op.op, [x, dims(nodes, (2, 2)), lengths], x.dtype), x.dtype, (2, 2))]
    op.graph(of_two, [x, np.int64([1, 5])], error="TensorListSplit")
    op.graph(of_two, [x, np.int64([1, 5])], error="TensorListSplit", fed=[0])
