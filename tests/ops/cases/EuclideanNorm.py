"""EuclideanNorm: the root of the sum of squares over some dimensions."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, SIGNED
from kit.reductions import reduce, sums


def norm(x, axis, keepdims):
    return np.sqrt(np.sum(x * np.conj(x), axis, dtype=x.dtype, keepdims=keepdims)).astype(x.dtype)


def cases(op):
    reduce(op, norm, FLOATS + SIGNED + COMPLEX, empty=0, limits=sums)
    op([np.float32([[3, 4], [NAN, 1], [-INF, 1]]), np.int32([1])], np.float32([5, NAN, INF]), fed=[0])
