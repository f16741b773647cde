"""LeftShift: x shifted left by y bits, at most by one less than there are."""
from kit.elementwise import SIGNED, UNSIGNED, Tensor, binary, highest, lowest, sample
from kit.integers import shift_left


def cases(op):
    binary(op, shift_left, SIGNED + UNSIGNED, second=lambda y: Tensor(y.dtype, abs(y.data)))
    for dtype in SIGNED + UNSIGNED:
        op([Tensor(dtype, [[lowest(dtype)], [highest(dtype)], [3]]), Tensor(dtype, [0, 1, 5, 63, 100])], shift_left)
    for dtype in SIGNED:
        op([sample(dtype, (3,)), Tensor(dtype, -1)], shift_left)
