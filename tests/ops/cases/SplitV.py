"""SplitV: parts of a dimension of given sizes, one of which may be left open."""
import numpy as np
from kit.movement import FEW, Tensor, both, sample


def cases(op):
    def check(dtype, shape, sizes, axis, run=op, kind="int32"):
        x = sample(dtype, shape)
        rest = shape[axis] - sum(sizes) - 1 if -1 in sizes else 0
        ends = np.cumsum([rest if size == -1 else size for size in sizes])[:-1]
        run([x, Tensor(kind, sizes), np.int32(axis)], np.split(x.wide, ends, axis), dtype=dtype, num_split=len(sizes),
            fed=[0])

    def twice(*given, **more):
        both(op, *given, **more)
    for dtype in FEW:
        check(dtype, (2, 6), [1, 3, 2], 1)
    for shape, sizes, axis in [((6,), [6], 0), ((6,), [2, -1], -1), ((6,), [-1, 6], 0), ((4, 3), [0, 4], -2),
                               ((4, 3), [1, 0, 3], 0), ((2, 0), [0, 0], 1), ((2, 1, 2, 1, 6, 1, 2, 1), [4, 2], 4)]:
        check("float", shape, sizes, axis, twice)
    check("float", (2, 6), [4, 2], 1, kind="int64")
    for sizes in [[1, 2], [3, 4], [-1, 7], [-1, -1], [8, -2]]:
        both(op, [sample("float", (2, 6)), np.int32(sizes), np.int32(1)], [None, None], error="size", num_split=2)

    def of_known_shapes(nodes, x, sizes):
        """What follows says the shapes of the parts."""
        parts = nodes(op.op, [x, sizes, nodes.const(np.int32(0))], num_split=2)
        return [nodes("EnsureShape", [part], shape=(3,))[0] for part in parts]
    x = sample("float", (6,))
    op.graph(of_known_shapes, [x, np.int32([3, 3])], [Tensor("float", x.wide[:3]), Tensor("float", x.wide[3:])])
    op.graph(of_known_shapes, [x, np.int32([2, 4])], [None, None], error="3")
    both(op, [sample("float", (2, 6)), np.int32([1, 1]), np.int32(2)], [None, None], error="axis in [-2, 2)",
         num_split=2)
