"""Mean: over some dimensions; of integers the sum divided toward 0."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, SIGNED, UNSIGNED
from kit.integers import truncate_divide
from kit.reductions import reduce, sums


def mean(x, axis, keepdims):
    total = np.sum(x, axis, dtype=x.dtype, keepdims=keepdims)
    count = np.prod([x.shape[i] for i in axis], dtype=int)
    return total / count if x.dtype.kind in "fc" else truncate_divide(total, x.dtype.type(count))


def cases(op):
    reduce(op, mean, FLOATS + SIGNED + UNSIGNED + COMPLEX, empty=NAN, limits=sums)
    op([np.int32([-7, 2]), np.int32([0])], np.int32(-2), fed=[0])
    op([np.float32([[1, NAN], [INF, -INF], [INF, 1]]), np.int32([1])], np.float32([NAN, NAN, INF]), fed=[0])
