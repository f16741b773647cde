"""BitwiseAnd: the bits set in x and in y."""
import numpy as np
from kit.elementwise import SIGNED, UNSIGNED, Tensor, binary, highest, lowest


def cases(op):
    binary(op, np.bitwise_and, SIGNED + UNSIGNED)
    for dtype in SIGNED + UNSIGNED:
        op([Tensor(dtype, [lowest(dtype), highest(dtype)]), Tensor(dtype, [[highest(dtype)], [5]])], np.bitwise_and)
