"""StridedSliceGrad: zeros of a shape with a tensor where StridedSlice would take elements from."""
import numpy as np
from kit.indexing import INDEXINGS, arguments
from kit.movement import Tensor, both, sample


def cases(op):
    def check(dtype, shape, indexing, kind="int32"):
        given, masks = arguments(indexing, kind)
        dy = sample(dtype, np.zeros(shape)[indexing].shape)
        expected = np.zeros(shape, dy.wide.dtype)
        expected[indexing] = dy.wide
        op([Tensor(kind, shape), *given, dy], Tensor(dtype, expected), **masks)
    for dtype in ["float", "half", "int8", "int64", "complex64", "bool"]:
        check(dtype, (4, 5), np.s_[1:, ::-2])
    for shape, indexing in INDEXINGS:
        check("float", shape, indexing)
    check("float", (4, 5), np.s_[1:, 3], kind="int64")
    given, masks = arguments(np.s_[1:3])
    both(op, [np.int32([5]), *given, np.float32([1, 2, 3])], error="StridedSliceGrad", fed=[4], **masks)
    both(op, [np.int32([-5]), *given, np.float32([1, 2])], error="StridedSliceGrad", fed=[4], **masks)
