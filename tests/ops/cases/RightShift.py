"""RightShift: x shifted right by y bits, at most by one less than there are, keeping its sign."""
from kit.elementwise import SIGNED, UNSIGNED, Tensor, binary, highest, lowest, sample
from kit.integers import shift_right


def cases(op):
    binary(op, shift_right, SIGNED + UNSIGNED, second=lambda y: Tensor(y.dtype, abs(y.data)))
    for dtype in SIGNED + UNSIGNED:
        op([Tensor(dtype, [[lowest(dtype)], [highest(dtype)], [-3 if dtype in SIGNED else 3]]),
            Tensor(dtype, [0, 1, 5, 63, 100])], shift_right)
    for dtype in SIGNED:
        op([sample(dtype, (3,)), Tensor(dtype, -1)], shift_right)
