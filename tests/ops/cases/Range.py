"""Range: from a start to before a limit, in steps that add up."""
import numpy as np
from kit.elementwise import FLOATS, SIGNED, UNSIGNED, Tensor
from kit.values import DTYPES, from_bfloat16, to_bfloat16


def steps(dtype, start, limit, delta):
    """Each step rounded to the type."""
    def rounded(x):
        return from_bfloat16(to_bfloat16(x)) if dtype == "bfloat16" else DTYPES[dtype](x)
    start, limit, delta = rounded(start), rounded(limit), rounded(delta)
    distance = rounded(limit - start)
    count = -(-int(distance) // int(delta)) if dtype not in FLOATS else int(np.ceil(abs(rounded(distance / delta))))
    values = []
    for _ in range(count):
        values.append(start)
        start = rounded(start + delta)
    return Tensor(dtype, values)


def cases(op):
    def check(dtype, start, limit, delta):
        op([Tensor(dtype, x) for x in (start, limit, delta)], steps(dtype, start, limit, delta), rtol=0, atol=0)
    for dtype in FLOATS + ["int8", "int16", "int32", "int64"]:
        check(dtype, 2, 11, 3)
        check(dtype, 5, -6, -2)
    for dtype in ["uint16", "uint32", "uint64"]:
        check(dtype, 2, 11, 3)
    for start, limit, delta in [(0, 1, 0.1), (0, 1, 0.25), (1, 0, -0.3), (3, 3, 1), (0, 1e-3, 1e-4), (-1, 1, 2),
                                (0, 0, -1)]:
        check("float", start, limit, delta)
        check("double", start, limit, delta)
    check("int32", 0, 1003, 1)
    op([np.int64(-2**63), np.int64(2**63 - 1), np.int64(2**62)], np.int64([-2**63, -2**62, 0, 2**62]))
    op([np.int32(0), np.int32(5), np.int32(0)], error="not 0")
    op([np.int32(0), np.int32(5), np.int32(-1)], error="direction")
    op([np.float32(5), np.float32(0), np.float32(1)], error="direction")
    op([np.float32(0), np.float32(np.nan), np.float32(1)], error="finite")
