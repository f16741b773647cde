"""Print: its first input; compiled code prints nothing."""
from kit.movement import sample


def cases(op):
    def between(nodes, x, *data):
        printed, = nodes(op.op, [x, data], message="x: ")
        return nodes("Identity", [printed])
    for dtype in ["float", "double", "int32", "bool", "string", "complex64"]:
        op.graph(between, [sample(dtype, (2, 3)), sample("float", (4,)), sample("string", ())], lambda x, *_: x)
    for shape in [(), (0, 3), (2, 1, 2, 1, 2, 1, 2, 1)]:
        op.graph(between, [sample("float", shape), sample("int32", ())], lambda x, _: x)
