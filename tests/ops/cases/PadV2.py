"""PadV2: one value around a tensor."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, sample

CASES = [((5,), [[1, 2]]), ((2, 3), [[0, 0], [0, 0]]), ((2, 3, 4), [[1, 0], [0, 2], [3, 1]]),
         ((0, 3), [[1, 2], [0, 1]]), ((2, 1, 3, 1, 2), [[0, 1], [1, 0], [0, 0], [2, 2], [1, 1]]),
         ((), np.zeros((0, 2))), ((3, 70), [[1, 1], [3, 5]])]


def cases(op):
    def check(dtype, shape, pads, value=1.5, kind="int32", fed=(0, 2)):
        value = Tensor(dtype, value)
        expected = np.pad(sample(dtype, shape).wide, [tuple(int(n) for n in pair) for pair in pads],
                          constant_values=value.wide) if len(shape) else sample(dtype, shape).wide
        op([sample(dtype, shape), Tensor(kind, pads), value], Tensor(dtype, expected), fed=fed)
    for dtype in FLOATS + SIGNED + UNSIGNED + COMPLEX + ["bool"]:
        check(dtype, (2, 3), [[1, 0], [0, 2]])
    for shape, pads in CASES:
        check("float", shape, pads)
        check("float", shape, pads, -2, "int64", fed=[0])
    for value in [INF, NAN]:
        check("float", (2, 2), [[1, 1], [0, 1]], value)
    op([sample("float", (2, 3)), np.int32([[1, 1]]), np.float32(0)], error="paddings", fed=[0])
