"""What reductions have in common: axes of every form, kept dimensions, empty tensors."""
import numpy as np

from kit.elementwise import FLOATS, NAN, SIGNED, UNSIGNED, double, exact, highest, lowest
from kit.values import Tensor, sample

# shape, axes
AXES = [((3, 4), [0]), ((3, 4), [1]), ((3, 4), [-1]), ((3, 4), [0, 1]), ((3, 4), []), ((2, 3, 4), [1]),
        ((2, 3, 4), [0, 2]), ((2, 3, 4), [-3, -1]), ((2, 3, 2, 3, 2), [1, 2, 4]), ((), []), ((5,), [0]),
        ((4, 37), [0]), ((4, 37), [1]), ((2051,), [0])]


def reduce(op, function, dtypes, axes=AXES, empty=None, limits=exact, low=None, high=None):
    """All types; `function(x, axis, keepdims)` is numpy's. `empty`: what an empty tensor gives."""
    def check(dtype, shape, over, keep, constant=True):
        over = np.asarray(over)
        given = tuple(int(axis) for axis in np.ravel(over))
        op([sample(dtype, shape, low=low, high=high), over.astype(np.int32 if constant else np.int64)],
           lambda x, _: double(lambda wide: function(wide, axis=given, keepdims=keep))(x),
           fed=[0], keep_dims=keep, **limits(dtype))
    for dtype in dtypes:
        check(dtype, (3, 5), [1], False)
        check(dtype, (2, 3, 5), [0, -1], True)
    for shape, over in axes:
        check(dtypes[0], shape, over, False)
    check(dtypes[0], (3, 4), 1, False)
    check(dtypes[0], (3, 4), -2, True, constant=False)
    if empty is not None:
        op([Tensor(dtypes[0], np.zeros((0, 3))), np.int32([0])], np.full(3, empty), fed=[0])
        op([Tensor(dtypes[0], np.zeros((0, 3))), np.int32([0, 1])], np.full((1, 1), empty), fed=[0], keep_dims=True)
    op([Tensor(dtypes[0], np.zeros((0, 3))), np.int32([1])], Tensor(dtypes[0], []), fed=[0])
    op([sample(dtypes[0], (3, 4)), np.int32([2])], error="axes in [-2, 2)", fed=[0])
    op([sample(dtypes[0], (3, 4)), np.int32([-3])], error="axes in [-2, 2)", fed=[0])


def sums(dtype):
    """Limits of sums of a few numbers."""
    return {"float": {"rtol": 2e-6, "atol": 2e-5}, "half": {"rtol": 1e-3, "atol": 1e-2},
            "bfloat16": {"rtol": 8e-3, "atol": 5e-2}}.get(dtype, {})


def nan_stays(op):
    """NaN in one row."""
    op([np.float32([[1, NAN, 2], [3, 4, 5], [NAN, NAN, NAN]]), np.int32([1])],
       lambda x, _: np.where(np.isnan(x).any(1), NAN, getattr(np, op.op.lower())(np.nan_to_num(x), 1)), fed=[0])


def softmax(x):
    power = np.exp(x - np.max(x, -1, keepdims=True, initial=-np.inf))
    return power / power.sum(-1, keepdims=True)


def arg_reduce(op, function, outputs):
    """Indices; of equal elements, the first."""
    def check(tensor, axis, output="int64", kind="int32"):
        wide = tensor.wide.astype(int) if tensor.dtype == "bool" else tensor.wide
        op([tensor, Tensor(kind, axis)], Tensor(output, function(wide, axis)), fed=[0], output_type=output)
    for dtype in FLOATS + SIGNED + UNSIGNED + ["bool"]:
        check(sample(dtype, (3, 7)), 1)
    for shape, axis in [((5,), 0), ((3, 4), 0), ((3, 4), -1), ((2, 3, 4), 1), ((2, 3, 4), -3), ((0, 3), 1),
                        ((2, 3, 2, 3, 2), 3), ((3, 1000), 1), ((1000, 3), 0)]:
        check(sample("float", shape), axis)
    for output in outputs:
        check(sample("float", (3, 40)), 0, output)
        check(sample("float", (3, 40)), 1, output, "int64")
    check(Tensor("float", [[np.inf, np.inf], [-np.inf, -np.inf], [0, -0.0]]), 1)
    for dtype in SIGNED + UNSIGNED:
        check(Tensor(dtype, [lowest(dtype), highest(dtype), lowest(dtype), highest(dtype)]), 0)
    op([sample("float", (3, 4)), np.int32(2)], error="axes in [-2, 2)", fed=[0])
    op([sample("float", (3, 0)), np.int32(1)], error="elements along its dimension", fed=[0])


def cumulate(op, function, start, dtypes):
    """Along an axis, in both directions, with and without the element itself."""
    def check(dtype, shape, axis, exclusive=False, reverse=False, kind="int32"):
        def expected(x, _):
            wide = np.flip(x, axis) if reverse else x
            wide = wide.astype(float) if wide.dtype.kind == "f" else wide
            if exclusive:
                first = np.full_like(np.take(wide, [0], axis), start)
                wide = np.concatenate([first, np.delete(wide, -1, axis)], axis)
            wide = function(wide, axis, dtype=wide.dtype)
            return np.flip(wide, axis) if reverse else wide
        op([sample(dtype, shape, low=0, high=2), Tensor(kind, axis)], expected, fed=[0], exclusive=exclusive,
           reverse=reverse, rtol={"half": 1e-2, "bfloat16": 3e-2}.get(dtype))
    for dtype in dtypes:
        check(dtype, (2, 5), 1)
    for exclusive in (False, True):
        for reverse in (False, True):
            check("float", (3, 4), 0, exclusive, reverse)
            check("int32", (2, 3, 2), -2, exclusive, reverse, "int64")
    for shape, axis in [((5,), 0), ((0, 3), 1), ((2, 3, 2, 1, 2), 2), ((2, 3, 2), -3), ((300,), 0)]:
        check("float", shape, axis)
    op([sample("float", (3, 4)), np.int32(2)], error="axis in [-2, 2)", fed=[0])
