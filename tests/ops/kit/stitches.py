"""Rows of several tensors put where their indices say."""
import numpy as np

from kit.movement import FEW, Tensor, sample


def stitched(indices, data):
    rows = max([int(index.max()) + 1 for index in indices if index.size], default=0)
    found = np.zeros((rows,) + data[0].shape[indices[0].ndim:], data[0].dtype)
    for index, values in zip(indices, data):
        for row, value in zip(index.ravel(), values.reshape((index.size,) + found.shape[1:])):
            found[row] = value
    return found


def stitch(op, repeats):
    """repeats: whether the last of several rows for one place counts, or which one is not defined."""
    def check(dtype, row, *indices):
        op([tuple(Tensor("int32", index) for index in indices),
            tuple(sample(dtype, np.shape(index) + row, seed=i) for i, index in enumerate(indices))], stitched,
           dtype=dtype)
    for dtype in FEW:
        check(dtype, (2,), [0, 3], [2, 1])
    check("float", (), [2, 0, 1])
    check("float", (), 1, 0, [2, 3])
    check("float", (2, 3), [[0, 4], [2, 1]], 3)
    check("float", (2,), [], [0, 1])
    check("float", (0,), [0, 1])
    check("float", (2,), [], [])
    check("float", (1, 2, 1, 2, 1, 2, 1), [1], [0])
    check("float", (3,), list(range(0, 200, 2)), list(range(1, 200, 2)))
    if repeats:
        check("float", (2,), [0, 1, 0], [1])
    op([(np.int32([0]), np.int32([-1])), (np.float32([1]), np.float32([2]))], error="-1")
    op([(np.int32([0]), np.int32([1])), (np.float32([1]), np.float32([[2]]))], error="rows")
    op([(np.int32([0, 1]),), (np.float32([1]),)], error="dimensions")
