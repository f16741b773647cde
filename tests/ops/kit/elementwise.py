"""What elementwise ops have in common: all types, shapes that broadcast, empty tensors."""
import numpy as np

from kit.values import COMPLEX, FLOATS, SIGNED, UNSIGNED, Tensor, sample

INF, NAN = np.inf, np.nan
# Of functions: 4 units in the last place; results that round to 0 are within the smallest normal number.
FUNCTION = {"float": (5e-7, 2e-38), "double": (1e-14, 1e-300), "half": (1e-3, 6e-8),
            "bfloat16": (8e-3, 2e-38), "complex64": (2e-6, 1e-6), "complex128": (1e-13, 1e-14)}
# Two shapes that broadcast, among them scalars, empty tensors and five dimensions.
BROADCASTS = [((3, 4), (4,)), ((), (3,)), ((2, 1, 3), (4, 1)), ((0, 3), (3,)), ((0, 1), (1, 0)),
              ((), ()), ((2, 1, 3, 1, 2), (2, 1, 4, 1)), ((1003,), (1,)), ((7, 33), (7, 33))]


def precise(array):
    """In double precision; whole numbers and booleans as they are."""
    kind = array.dtype.kind
    return array.astype({"f": np.float64, "c": np.complex128}[kind]) if kind in "fc" else array


def double(function):
    """The function, computed in double precision."""
    return lambda *arrays: function(*[precise(array) for array in arrays])


def exact(dtype):
    return {"rtol": 0, "atol": 0}


def within(dtype):
    rtol, atol = FUNCTION.get(dtype, (0, 0))
    return {"rtol": rtol, "atol": atol}


def unary(op, function, dtypes, points=(), low=None, high=None, limits=exact, dtype=None, **attributes):
    """All types; scalars, empty tensors, many dimensions and elements; `points` in float and double."""
    for kind in dtypes:
        op([sample(kind, (3, 5), low=low, high=high)], double(function), dtype=dtype, **limits(kind), **attributes)
    first = dtypes[0]
    for shape in [(), (0, 4), (2, 1, 3, 1, 2), (1003,)]:
        op([sample(first, shape, seed=3, low=low, high=high)], double(function), dtype=dtype, **limits(first),
           **attributes)
    for kind in [kind for kind in ("float", "double") if kind in dtypes and len(points)]:
        op([Tensor(kind, points)], double(function), dtype=dtype, **limits(kind), **attributes)


def binary(op, function, dtypes, pairs=(), second=lambda y: y, limits=exact, shapes=BROADCASTS, dtype=None,
           low=None, high=None):
    """All types; shapes that broadcast and some that do not; `pairs` in float and double.
    `second` makes the right operand of a sample."""
    def check(kind, x, y):
        op([sample(kind, x, low=low, high=high), second(sample(kind, y, seed=1, low=low, high=high))],
           double(function), dtype=dtype, **limits(kind))
    for kind in dtypes:
        check(kind, *shapes[0])
    for x, y in shapes[1:]:
        check(dtypes[0], x, y)
        check(dtypes[0], y, x)
    for kind in [kind for kind in ("float", "double") if kind in dtypes and len(pairs)]:
        x, y = zip(*pairs)
        op([Tensor(kind, x), Tensor(kind, y)], double(function), dtype=dtype, **limits(kind))
    op([sample(dtypes[0], (2, 3)), sample(dtypes[0], (2,))], error="broadcast")


def nonzero(tensor):
    """The sample without zeros."""
    return Tensor(tensor.dtype, np.where(tensor.wide == 0, 3, tensor.wide))


def lowest(dtype):
    return np.iinfo(dtype).min


def highest(dtype):
    return np.iinfo(dtype).max


def divides_by_zero(op, dtypes):
    """Division of whole numbers by 0 is an error, also by one of many."""
    for kind in dtypes:
        op([Tensor(kind, [5, 7]), Tensor(kind, [1, 0])], error="zero")
    op([Tensor(dtypes[0], [5, 7]), Tensor(dtypes[0], 0)], error="zero")


__all__ = ["BROADCASTS", "COMPLEX", "FLOATS", "INF", "NAN", "SIGNED", "UNSIGNED", "Tensor", "binary", "divides_by_zero",
           "double", "exact", "highest", "lowest", "nonzero", "precise", "sample", "unary", "within"]
