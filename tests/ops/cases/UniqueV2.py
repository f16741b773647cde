"""UniqueV2: the different slices along an axis in the order in which they come, and which of them each slice is."""
import numpy as np
from kit.elementwise import SIGNED, UNSIGNED, Tensor, sample
from kit.sets import different


def cases(op):
    def check(tensor, axis, kind="int32"):
        if axis is None:
            y, index, _ = different(tensor.data)
            given = np.zeros(0, np.int64)
        else:
            y, index, _ = different(np.moveaxis(tensor.data, axis, 0))
            y, given = np.moveaxis(y, 0, axis), np.int64([axis])
        op([tensor, given], [Tensor(tensor.dtype, y), Tensor(kind, index)], out_idx=kind)
    for dtype in ["float", "double", "half"] + SIGNED + UNSIGNED + ["bool", "string"]:
        check(sample(dtype, (20,)), None)
        check(sample(dtype, (9, 2), low=0, high=1), 0)
    for shape, axis in [((20,), 0), ((2, 9), 1), ((2, 9), -1), ((3, 8, 1), 1), ((5, 0), 1), ((0, 5), 0), ((0,), None),
                        ((1, 2, 1, 9, 1, 1, 1, 1), 3)]:
        check(sample("int32", shape, low=0, high=1), axis, "int64")
    op([sample("int32", (2, 3)), np.int32([2])], [None, None], error="[-2, 2)")
    op([sample("int32", (2, 3)), np.int32([0, 1])], [None, None], error="axis")
    op([sample("int32", (2, 3)), np.zeros(0, np.int32)], [None, None], error="rank 1")
