"""QuantizedReshape: the same numbers and range in another shape."""
import numpy as np
from kit.quantized import TYPES, spread
from kit.values import Tensor

ENDS = np.float32([-1.5, 2.5])


def cases(op):
    def check(dtype, shape, to):
        x = spread(dtype, shape)
        op([x, Tensor("int32", to), *ENDS], [Tensor(dtype, x.data.reshape(to)), *ENDS], fed=[0, 2, 3])
    for dtype in TYPES + ["qint32"]:
        check(dtype, (2, 3), (3, 2))
    for shape, to in [((2, 3), (-1,)), ((1,), ()), ((0, 3), (0,)), ((2, 2, 2, 2, 2, 2, 2, 2), (16, -1)),
                      ((1003,), (17, 59))]:
        check("quint8", shape, to)
    op([spread("quint8", (2, 3)), np.int32([4, 2]), *ENDS], [None] * 3, error="shape")
