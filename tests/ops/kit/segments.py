"""Rows of one segment reduced, in numpy."""
import numpy as np

from kit.elementwise import INF, NAN, precise
from kit.values import COMPLEX, FLOATS, SIGNED, UNSIGNED, Tensor, sample

REAL = FLOATS + SIGNED + UNSIGNED


def reduce_rows(data, ids, count, function, empty):
    """`function` of the rows of each segment; `empty` where a segment has none. Integers wrap."""
    rows = precise(data).reshape((ids.size,) + data.shape[ids.ndim:])
    found = np.full((count,) + rows.shape[1:], empty, rows.dtype)
    for segment in range(count):
        own = rows[ids.ravel() == segment]
        if own.shape[0]:
            found[segment] = function(own)
    return found


def sorted_segments(op, function, empty, dtypes=tuple(REAL + COMPLEX), special=None):
    def check(tensor, ids, kind="int32"):
        op([tensor, Tensor(kind, ids)],
           lambda x, s: reduce_rows(x, s, int(s[-1]) + 1 if s.size else 0, function, empty),
           rtol={"half": 2e-3, "bfloat16": 2e-2}.get(tensor.dtype))
    for dtype in dtypes:
        check(sample(dtype, (6, 2), low=0 if dtype in UNSIGNED else -3, high=3), [0, 0, 1, 1, 1, 3])
    for shape, ids in [((3,), [0, 0, 0]), ((3,), [2, 2, 5]), ((0, 2), []), ((3, 0), [0, 1, 1]),
                       ((4, 2, 3), [0, 1, 1, 2]), ((2, 1, 2, 1, 2, 1, 2, 1), [1, 1]), ((100, 17), np.arange(100) // 7)]:
        check(sample("float", shape, low=-2, high=2), ids, "int64" if len(shape) == 1 else "int32")
    if special is not None:
        op([np.float32([1, NAN, INF, -1, -INF]), np.int32([0, 0, 1, 1, 2])], np.float32(special))
    data = sample("float", (3, 2))
    for ids in [[0, 2, 1], [-1, 0, 1]]:
        op([data, np.int32(ids)], error="segment ids from zero up in order")
    op([data, np.int32([0, 1])], error="numbers of rows and segment ids")
    op([data, np.int32([[0, 1, 2]])], error="rank 1")


def unsorted_segments(op, function, empty, dtypes=tuple(REAL + COMPLEX), special=None):
    """empty: of a dtype."""
    def check(tensor, ids, count, kind="int32"):
        op([tensor, Tensor(kind, ids), np.int32(count)],
           lambda x, s, n: reduce_rows(x, s, int(n), function, empty(tensor.dtype)),
           rtol={"half": 2e-3, "bfloat16": 2e-2}.get(tensor.dtype))
    for dtype in dtypes:
        check(sample(dtype, (6, 2), low=0 if dtype in UNSIGNED else -3, high=3), [2, 0, -1, 2, 0, 2], 4)
    for shape, ids, count in [((3,), [0, 0, 0], 1), ((3,), [5, 2, 5], 6), ((0, 2), [], 3), ((3, 0), [0, 1, 1], 2),
                              ((2, 3), [[0, 1, 0], [2, 2, -1]], 3), ((2, 2, 3), [[0, 1], [1, 2]], 4), ((2,), [0, 0], 1),
                              ((), 1, 3), ((3, 2), [-1, -1, -1], 2), ((100, 17), np.arange(100) % 13, 13)]:
        check(sample("float", shape, low=-2, high=2), ids, count)
    # The sum alone takes ids of 16 bits.
    for kind in ["int16", "int64"] if op.op == "UnsortedSegmentSum" else ["int64"]:
        check(sample("float", (3, 2)), [1, 0, 1], 2, kind)
    if special is not None:
        op([np.float32([1, NAN, INF, -1, -INF]), np.int32([0, 0, 1, 1, 2]), np.int64(3)], np.float32(special))
    data = sample("float", (3, 2))
    op([data, np.int32([0, 2, 1]), np.int32(2)], error="segment ids below 2")
    op([data, np.int32([0, 1]), np.int32(2)], error="first dimensions")
    op([data, np.int32([0, 0, 0]), np.int32(-1)], error="num_segments")
