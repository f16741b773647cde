"""Sub: x - y; integers wrap."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, binary, lowest


def cases(op):
    binary(op, np.subtract, FLOATS + SIGNED + UNSIGNED + COMPLEX,
           pairs=[(INF, INF), (NAN, 1), (0.0, 0.0), (-0.0, 0.0), (0.1, 0.3), (-3e38, 3e38)])
    for dtype in SIGNED + UNSIGNED:
        op([Tensor(dtype, [lowest(dtype)]), Tensor(dtype, 1)], np.subtract)
