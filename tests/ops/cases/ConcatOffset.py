"""ConcatOffset: where each of some tensors starts when they are joined along an axis."""
import numpy as np
from kit.elementwise import Tensor
from kit.movement import both


def cases(op):
    for kind in ["int32", "int64"]:
        for axis, *shapes in [(0, [2], [3], [0], [4]), (1, [2, 3], [2, 1], [2, 5]), (-1, [2, 3], [2, 1]),
                              (-2, [2, 3], [7, 3]),
                              (2, [1, 2, 3, 4], [1, 2, 0, 4], [1, 2, 9, 4])]:
            starts = np.zeros((len(shapes), len(shapes[0])), int)
            starts[1:, axis] = np.cumsum([shape[axis] for shape in shapes])[:-1]
            both(op, [np.int32(axis), tuple(Tensor(kind, shape) for shape in shapes)],
                 [Tensor(kind, start) for start in starts], fed=[1])
    both(op, [np.int32(2), (np.int32([2, 3]), np.int32([2, 3]))], [None, None], error="axis in [-2, 2)", fed=[1])
    both(op, [np.int32(0), (np.int32([2, 3]), np.int32([2, 4]))], [None, None], error="agree", fed=[1])
