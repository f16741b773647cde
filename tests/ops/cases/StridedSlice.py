"""StridedSlice: what Python's indexing gives, with masks for what is left out, new axes, an ellipsis and indices."""
import numpy as np
from kit.indexing import INDEXINGS, arguments
from kit.movement import ANY, Tensor, both, sample


def cases(op):
    def check(dtype, shape, indexing, run=both, kind="int32"):
        x = sample(dtype, shape)
        given, masks = arguments(indexing, kind)
        run(op, [x, *given], Tensor(dtype, x.wide[indexing]), **masks)
    for dtype in ANY:
        check(dtype, (4, 5), np.s_[1:, ::-2], run=lambda op, *given, **masks: op(*given, fed=[0], **masks))
    for shape, indexing in INDEXINGS:
        check("float", shape, indexing)
    check("float", (4, 5), np.s_[1:, 3], kind="int64")
    x, none = sample("float", (3, 4)), np.zeros(0, np.int32)
    both(op, [x, none, none, none], x)
    for index in [3, -4]:
        given, masks = arguments(np.s_[index])
        both(op, [x, *given], error="out of bounds", **masks)
    both(op, [x, np.int32([0]), np.int32([2]), np.int32([0])], error="not zero")
    both(op, [x, np.int32([0] * 3), np.int32([1] * 3), np.int32([1] * 3)], error="takes slices of")
    both(op, [x, np.int32([0] * 2), np.int32([1] * 2), np.int32([1] * 2)], error="more than one ellipsis",
         ellipsis_mask=3)
    both(op, [x, np.int32([0]), np.int32([1]), np.int32([-1])], error="stride 1", shrink_axis_mask=1)
