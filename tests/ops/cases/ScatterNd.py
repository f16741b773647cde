"""ScatterNd: zeros with updates added where index vectors point at."""
import numpy as np
from kit.movement import both
from kit.scatters import SCATTERS, errors, scattered
from kit.values import COMPLEX, FLOATS, SIGNED, UNSIGNED, Tensor, sample


def cases(op):
    def expected(indices, updates, shape):
        return scattered(np.zeros(shape, updates.dtype), indices, updates, "add")
    for dtype in FLOATS + SIGNED + UNSIGNED + COMPLEX:
        op([np.int32([[1], [3], [1]]), sample(dtype, (3, 2)), np.int32([4, 2])], expected, dtype=dtype)
    for shape, indices, updates in SCATTERS:
        both(op, [Tensor("int32", indices), sample("float", updates), Tensor("int32", shape)], expected, dtype="float",
             fed=[0, 1])
    op([np.int64([[1]]), np.float32([2]), np.int64([3])], np.float32([0, 2, 0]), dtype="float")
    op([np.int16([[1]]), np.float32([2]), np.int16([3])], np.float32([0, 2, 0]), dtype="float")
    op([np.int32([[1], [2], [1]]), np.bool_([True, False, True]), np.int32([4])], np.bool_([False, True, False, False]))
    op([np.int32([[5], [0], [-1]]), np.float32([1, 2, 3]), np.int32([2])], np.float32([2, 0]), dtype="float",
       bad_indices_policy="IGNORE")
    for indices, updates, error in errors():
        both(op, [indices, updates, np.int32([4, 2])], error=error, fed=[0, 1])
    both(op, [np.int32([[0]]), np.float32([1]), np.int32([-1])], error="shape", fed=[0, 1])
