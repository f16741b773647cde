"""LinSpace: numbers at equal distances; the last one is the stop exactly."""
import numpy as np
from kit.elementwise import Tensor
from kit.movement import both


def cases(op):
    def check(dtype, start, stop, count):
        both(op, [Tensor(dtype, start), Tensor(dtype, stop), np.int32(count)],
             lambda start, stop, n: np.linspace(float(start), float(stop), int(n)), fed=[0, 1],
             atol={"half": 2e-2, "bfloat16": 2e-1}.get(dtype))
    for dtype in ["float", "double", "half", "bfloat16"]:
        check(dtype, -1, 4, 9)
    for start, stop, count in [(0, 1, 1), (3, 3, 4), (5, -2, 7), (0, 1, 11), (10, 12, 3), (-1, 1, 1000)]:
        check("float", start, stop, count)
        op([np.float64(start), np.float64(stop), np.int64(count)], np.linspace(float(start), float(stop), count))
    for count in [0, -1]:
        both(op, [np.float32(0), np.float32(1), np.int32(count)], error="above 0", fed=[0, 1])
