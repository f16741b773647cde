"""Sum: over some dimensions; integers wrap."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, highest
from kit.reductions import reduce, sums


def cases(op):
    reduce(op, np.sum, FLOATS + SIGNED + UNSIGNED + COMPLEX, empty=0, limits=sums)
    for dtype in ["int8", "int32", "uint8"]:
        op([Tensor(dtype, [highest(dtype), 1, 1]), np.int32([0])], lambda x, _: np.sum(x, dtype=x.dtype), fed=[0])
    op([np.float32([[1, NAN], [INF, -INF], [INF, 1]]), np.int32([1])], np.float32([NAN, NAN, INF]), fed=[0])
    op([np.full(4096, 2049, np.float16), np.int32([0])], np.float16(INF), fed=[0])

    def of_unknown_shapes(nodes, *pairs):
        """Two sums of tensors whose shapes only the running program knows."""
        axis = nodes.const(np.int32([0]))
        return [nodes(op.op, [nodes("Reshape", pair)[0], axis])[0] for pair in (pairs[:2], pairs[2:])]
    op.graph(of_unknown_shapes, [np.int32([3, 4, 5]), np.int32([3]), np.int32([6, 7, 8]), np.int32([-1])],
             [np.int32(12), np.int32(21)])
