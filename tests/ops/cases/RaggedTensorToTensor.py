"""RaggedTensorToTensor: rows of one length, from splits and from row numbers."""
import numpy as np
from kit.values import Tensor, sample


def dense(shape, values, fill, splits):
    """`splits`: of each ragged dimension, from the outermost; `shape` may be None."""
    longest = [max(np.diff(s).max(initial=0), 0) for s in splits]
    full = [len(splits[0]) - 1, *longest, *values.shape[1:]]
    if shape is not None:
        full = [own if want < 0 else want for own, want in zip(full, shape)]
    out = np.empty(full, values.dtype)
    out[...] = fill

    def walk(level, row, index):
        for place, i in enumerate(range(splits[level][row], splits[level][row + 1])):
            if place >= full[level + 1]:
                break
            if level + 1 == len(splits):
                out[(*index, place)] = values[i]
            else:
                walk(level + 1, i, (*index, place))
    for row in range(min(full[0], len(splits[0]) - 1)):
        walk(0, row, (row,))
    return out


def row_ids(splits):
    return np.repeat(np.arange(len(splits) - 1), np.diff(splits))


ONE = [np.array([0, 2, 2, 5])]
TWO = [np.array([0, 2, 2, 3]), np.array([0, 3, 4, 4])]


def cases(op):
    def check(shape, values, fill, splits, ids=False, kind=np.int64):
        asked = np.int64(-1 if shape is None else shape)
        values = values if isinstance(values, Tensor) else Tensor("float", values)
        fill = Tensor(values.dtype, fill)
        partitions = [kind(s) for s in splits]
        types = ["ROW_SPLITS"] * len(splits)
        if ids:
            partitions = [kind(len(splits[0]) - 1)] + [kind(row_ids(s)) for s in splits]
            types = ["FIRST_DIM_SIZE"] + ["VALUE_ROWIDS"] * len(splits)
        expected = dense(shape, values.data, fill.data, splits)
        op([asked, values, fill, tuple(partitions)], Tensor(values.dtype, expected),
           num_row_partition_tensors=len(partitions), row_partition_types=types)
    for kind in [np.int32, np.int64]:
        for ids in [False, True]:
            check(None, sample("float", (5,)), 9, ONE, ids, kind)
            check(None, sample("float", (4,)), 9, TWO, ids, kind)
    for dtype in ["double", "int32", "bool", "string", "complex64"]:
        values = Tensor("string", [b"a", b"bc", b"", b"def", b"g"]) if dtype == "string" else sample(dtype, (5,))
        check(None, values, b"no" if dtype == "string" else 1, ONE)
    for shape in [(-1, -1), (3, 2), (2, 4), (5, -1), (3, 0)]:
        check(shape, sample("float", (5,)), 9, ONE)
    check((-1, 1, 2), sample("float", (4,)), 9, TWO)
    check(None, sample("float", (5, 2, 3)), 9, ONE)
    check(None, sample("float", (5, 2, 3)), [7, 8, 9], ONE, ids=True)
    check(None, np.zeros((0,)), 9, [np.array([0, 0, 0])])
    common = {"num_row_partition_tensors": 1, "row_partition_types": ["ROW_SPLITS"]}
    values = sample("float", (5,))
    op([np.int64(-1), values, np.float32(0), (np.int64([0, 3, 2]),)], error="row splits", **common)
    op([np.int64(-1), values, np.float32(0), (np.int64([0, 3, 4]),)], error="values for 4 places", **common)
    op([np.int64([1, 2, 3]), values, np.float32(0), (np.int64([0, 3, 5]),)], error="shape of 2 sizes", **common)
    op([np.int64(-1), values, np.float32([1, 2]), (np.int64([0, 3, 5]),)], error="broadcasts", **common)
