"""TensorListPopBack: the last element of a list, and the list without it."""
from kit.lists import dims, elements, from_tensor, stack
from kit.movement import Tensor, sample


def build_for(shape):
    def build(nodes, x):
        items, last = nodes("TensorListPopBack", [from_tensor(nodes, x, shape), dims(nodes, shape)],
                            element_dtype=x.dtype)
        return [last, stack(nodes, items, x.dtype, shape)]
    return build


def cases(op):
    def check(tensor):
        op.graph(build_for(tensor.shape[1:]), [tensor],
                 [Tensor(tensor.dtype, tensor.wide[-1]), Tensor(tensor.dtype, tensor.wide[:-1])])
    elements(op, check, empty=False)
    op.graph(build_for((2,)), [sample("float", (0, 2))], [None, None], error="PopBack")
