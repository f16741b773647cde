"""TruncateDiv: the quotient rounded toward 0; integer division by zero is an error."""
from kit.elementwise import SIGNED, UNSIGNED, Tensor, binary, divides_by_zero, lowest, nonzero
from kit.integers import truncate_divide


def cases(op):
    binary(op, truncate_divide, SIGNED + UNSIGNED, second=nonzero)
    for dtype in SIGNED:
        op([Tensor(dtype, [lowest(dtype), 7, -7]), Tensor(dtype, [-1, -2, 2])],
           Tensor(dtype, [lowest(dtype), -3, -3]))
    divides_by_zero(op, SIGNED + UNSIGNED)
