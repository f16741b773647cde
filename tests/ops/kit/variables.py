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
