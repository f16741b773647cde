"""PrintV2: nothing, in compiled code; what waits for it runs."""
from kit.movement import sample


def cases(op):
    def build(nodes, text, x):
        nodes(op.op, [text], name="print", output_stream="stdout")
        return nodes("Neg", [x], control=["print"])
    for shape in [(), (0, 3), (2, 3)]:
        op.graph(build, [sample("string", ()), sample("float", shape)], lambda _, x: -x, dtype="float")
