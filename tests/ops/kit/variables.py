"""Graphs that read variables, whose values are in a checkpoint."""
import numpy as np

from kit.checkpoint import NUMBERS
from kit.values import Tensor, sample

SHAPES = [(), (0, 3), (2, 1, 2, 1, 2, 1, 2, 1), (1003,)]


def read(nodes, handle, dtype):
    return nodes("ReadVariableOp", [handle], more={"dtype": dtype})[0]


def resources(op):
    """A variable by its handle, also through a function."""
    def check(tensor):
        op.graph(lambda nodes: [read(nodes, nodes.variable(tensor), tensor.dtype)], [], tensor, rtol=0, atol=0)
    for dtype in NUMBERS:
        check(sample(dtype, (2, 3)))
    for shape in SHAPES:
        check(sample("float", shape))

    def called(nodes, x):
        def add(body, handle, y):
            return body("AddV2", [read(body, handle, "float"), y])
        handle = nodes.variable(sample("float", (2, 3)))
        function = nodes.function("f", ["resource", "float"], add)
        return nodes("PartitionedCall", [(handle, x)], Tout=["float"], f=function)
    op.graph(called, [sample("float", (3,))], lambda x: sample("float", (2, 3)).wide + x)


def references(op):
    """A variable of TF1, which is a reference to its value."""
    def check(tensor):
        op.graph(lambda nodes, x: nodes("AddV2", [nodes.variable(tensor, op.op), x]), [tensor], lambda x: x + x)
    for dtype in NUMBERS:
        if dtype != "bool":
            check(sample(dtype, (2, 3), high=9 if dtype.startswith("uint") else None))
    for shape in SHAPES:
        check(sample("float", shape))
    op.graph(lambda nodes: nodes("Identity", [nodes.variable(sample("bool", (5,)), op.op)]), [], sample("bool", (5,)))


def value(nodes, variable, kind, dtype, control=(), name=None):
    """What a variable holds, of either kind."""
    if kind == "VarHandleOp":
        return nodes("ReadVariableOp", [variable], control=control, name=name, more={"dtype": dtype})[0]
    return nodes("Identity", [variable], control=control, name=name)[0]


def updated(op, kind, tensor, inputs, after, error=None, **attributes):
    """A node that changes a variable, read before and after; after(before, *inputs) is its new value.
    A run starts with the value of the checkpoint."""
    def whole(nodes, *sources):
        variable = nodes.variable(tensor, kind)
        old = value(nodes, variable, kind, tensor.dtype, name="before")
        nodes(op.op, [variable, *sources], name="write", control=["before"], **attributes)
        new = value(nodes, variable, kind, tensor.dtype, control=["write"])
        return [new] if error else [old, new]
    if error:
        op.graph(whole, inputs, error=error)
    else:
        op.graph(whole, inputs, lambda *wide: [tensor, Tensor(tensor.dtype, after(tensor.wide, *wide))],
                 dtype=tensor.dtype)


def written(op, kind, after, dtypes):
    """An op that changes all of a variable. Outputs that do not need the write see the old value."""
    def apart(nodes, x):
        variable = nodes.variable(sample("float", (3,)), kind)
        nodes(op.op, [variable, x], name="write")
        return nodes("AddV2", [value(nodes, variable, kind, "float"), x])
    op.graph(apart, [sample("float", (3,), seed=1)], lambda x: sample("float", (3,)).wide + x)
    op.graph(apart, [sample("float", (), seed=1)], lambda x: sample("float", (3,)).wide + x)
    for dtype in dtypes:
        updated(op, kind, sample(dtype, (2, 3)), [sample(dtype, (2, 3), seed=1)], after)
    for shape in SHAPES:
        updated(op, kind, sample("float", shape), [sample("float", shape, seed=1)], after)


HOWS = {"Update": lambda a, b: b, "Add": lambda a, b: a + b, "Sub": lambda a, b: a - b, "Mul": lambda a, b: a * b,
        "Div": lambda a, b: a / b if a.dtype.kind in "fc" else np.trunc(a / b), "Min": np.minimum, "Max": np.maximum}


def scattered(op, kind):
    """An op that changes slices of the first dimension of a variable, by index."""
    how = op.op[op.op.index("Scatter") + 7:]

    def after(x, indices, updates):
        x = x.copy()
        updates = np.broadcast_to(updates, indices.shape + x.shape[1:])
        for place in np.ndindex(*indices.shape):
            x[indices[place]] = HOWS[how](x[indices[place]], updates[place])
        return x

    def check(dtype, shape, indices, more=None, kind_of_index=np.int32):
        indices = np.asarray(indices, kind_of_index)
        updates = sample(dtype, indices.shape + shape[1:] if more is None else more, seed=1, low=1)
        updated(op, kind, sample(dtype, shape), [indices, updates], after)
    small = [] if op.op in ("ScatterMax", "ScatterMin") else ["uint8"]
    for dtype in ["float", "double", "half", "int32", "int64", *small]:
        check(dtype, (4, 3), [2, 0])
    check("float", (4, 3), [2, 0, 2], kind_of_index=np.int64)
    check("float", (4, 2, 2), [[3, 1], [1, 1]])
    check("float", (5,), 3)
    check("float", (4, 3), [1, 3], more=())
    check("float", (4, 3), np.zeros((0,)))
    first, two = sample("float", (4, 3)), sample("float", (2, 3), low=1)
    updated(op, kind, first, [np.int32([1, 4]), two], None, error="does not point into [4,3]")
    updated(op, kind, first, [np.int32([1, -1]), two], None, error="does not point into [4,3]")
    updated(op, kind, first, [np.int32([1, 2, 3]), two], None, error="expects updates of shape")
    if how == "Div":
        updated(op, kind, sample("int32", (4,)), [np.int32([1, 2]), np.int32([1, 0])], None, error="division by zero")


def scattered_nd(op, kind):
    """The same by index vectors."""
    how = op.op[op.op.index("ScatterNd") + 9:]

    def after(x, indices, updates):
        x = x.copy()
        for place in np.ndindex(*indices.shape[:-1]):
            at = tuple(indices[place])
            x[at] = HOWS[how](x[at], updates[place])
        return x
    for dtype in ["float", "double", "int32"]:
        updated(op, kind, sample(dtype, (4, 3)), [np.int32([[2, 1], [0, 0]]), sample(dtype, (2,), seed=1)], after)
    updated(op, kind, sample("float", (4, 3)), [np.int64([[3], [1], [3]]), sample("float", (3, 3), seed=1)], after)
    updated(op, kind, sample("float", (4, 3)), [np.int32([[4, 1]]), sample("float", (1,))], None,
            error="does not point into")


def savers(op, kind, build):
    """Variables with the nodes of a saver, which outputs do not need; build(nodes, variable, tensor) adds them."""
    def check(tensor):
        def whole(nodes):
            variable = nodes.variable(tensor, kind)
            build(nodes, variable, tensor)
            return [read(nodes, variable, tensor.dtype)] if kind == "VarHandleOp" else nodes("Identity", [variable])
        op.graph(whole, [], tensor)
    for dtype in ["float", "int64", "bool"]:
        check(sample(dtype, (2, 3)))
    for shape in SHAPES[:3]:
        check(sample("float", shape))
