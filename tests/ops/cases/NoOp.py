"""NoOp: nothing; what comes after it runs."""
from kit.movement import sample


def cases(op):
    def build(nodes, x):
        nodes(op.op, name="nothing")
        return nodes("Identity", [x], control=["nothing"])
    for dtype in ["float", "int32", "string"]:
        op.graph(build, [sample(dtype, (2, 3))], sample(dtype, (2, 3)))
