"""What ops that move elements have in common: every type, arguments known when compiling and only when running."""
from kit.elementwise import COMPLEX, FLOATS, SIGNED, UNSIGNED
from kit.values import Tensor, sample

ANY = FLOATS + SIGNED + UNSIGNED + COMPLEX + ["bool", "string"]
# One of each size and kind, for ops that see no more of a type.
FEW = ["float", "half", "int8", "uint16", "int64", "complex128", "bool", "string"]


def both(op, inputs, expected=None, fed=(0,), **given):
    """With the other inputs as constants, so that shapes are known when compiling, and with all of them fed."""
    op(inputs, expected, fed=list(fed), **given)
    op(inputs, expected, **given)


def passes(op, dtypes=ANY, **attributes):
    """An op whose output is its input."""
    for dtype in dtypes:
        op([sample(dtype, (3, 5))], lambda x: x, rtol=0, atol=0, **attributes)
    for shape in [(), (0, 4), (2, 1, 3, 1, 2, 1, 2, 1), (1003,)]:
        op([sample(dtypes[0], shape)], lambda x: x, **attributes)


__all__ = ["ANY", "COMPLEX", "FEW", "FLOATS", "SIGNED", "UNSIGNED", "Tensor", "both", "passes", "sample"]
