"""DestroyResourceOp: ends a variable; outputs that do not need that read its value."""
from kit.movement import sample
from kit.variables import read


def cases(op):
    def build(nodes, x):
        variable = nodes.variable(sample("float", (3,)))
        nodes(op.op, [variable], ignore_lookup_error=True)
        return nodes("AddV2", [read(nodes, variable, "float"), x])
    op.graph(build, [sample("float", (3,), seed=1)], lambda x: sample("float", (3,)).wide + x)
