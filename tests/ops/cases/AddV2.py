"""AddV2: x + y; integers wrap."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, binary, highest


def cases(op):
    binary(op, np.add, FLOATS + SIGNED + UNSIGNED + COMPLEX,
           pairs=[(INF, -INF), (NAN, 1), (-0.0, 0.0), (-0.0, -0.0), (0.1, 0.2), (3e38, 3e38)])
    for dtype in SIGNED + UNSIGNED:
        op([Tensor(dtype, [highest(dtype)]), Tensor(dtype, 1)], np.add)
    op([np.float32([1, 2]), np.int32([1, 2])], error="expects input 1 to be of type f32, found i32")
