"""TensorArrayV3: an array of tensors, of a shape that is given or found."""
import numpy as np
from kit.arrays import Array, Tensor, elements


def cases(op):
    def check(tensor):
        for shape in [None, tensor.shape[1:]]:
            def build(nodes, x, shape=shape):
                array = Array(nodes, x.dtype, 4, shape, identical_element_shapes=True)
                array.unstack(x, 4)
                return [array.stack(4), array.size()]
            op.graph(build, [tensor], [tensor, Tensor("int32", 4)])
    elements(check)

    def unknown(nodes, x):
        array = Array(nodes, "float", 2, (-1,), clear_after_read=False, tensor_array_name="a")
        array.unstack(x, 2)
        zero = nodes.const(np.int32(0))
        return [array.read(zero), array.read(zero)]
    op.graph(unknown, [np.float32([[1, 2], [3, 4]])], [np.float32([1, 2]), np.float32([1, 2])])
