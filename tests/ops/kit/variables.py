"""Graphs that read variables, whose values are in a checkpoint."""
from kit.checkpoint import NUMBERS
from kit.values import sample

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


def written(op, kind, write):
    """write(nodes, variable, x) adds nodes that change a variable: what the outputs need cannot be
    a constant any more, all else can."""
    def value(nodes, variable, control=()):
        return nodes("ReadVariableOp", [variable], control=control, more={"dtype": "float"}) if kind == "VarHandleOp" \
            else nodes("Identity", [variable], control=control)

    def apart(nodes, x):
        variable = nodes.variable(sample("float", (3,)), kind)
        write(nodes, variable, x)
        return nodes("AddV2", [value(nodes, variable)[0], x])

    def needed(nodes, x):
        variable = nodes.variable(sample("float", (3,)), kind)
        write(nodes, variable, x)
        return value(nodes, variable, ["write"])
    op.graph(apart, [sample("float", (3,), seed=1)], lambda x: sample("float", (3,)).wide + x)
    op.graph(apart, [sample("float", (), seed=1)], lambda x: sample("float", (3,)).wide + x)
    op.graph(needed, [sample("float", (3,), seed=1)], error="writes to it")


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
