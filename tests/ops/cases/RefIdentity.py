"""RefIdentity: a variable of TF1 as it is."""
from kit.movement import Tensor, sample


def cases(op):
    def check(tensor):
        def build(nodes, x):
            same, = nodes(op.op, [nodes.variable(tensor, "VariableV2")])
            return nodes("AddV2", [same, x])
        op.graph(build, [tensor], Tensor(tensor.dtype, tensor.wide + tensor.wide))
    for dtype in ["float", "double", "half", "int32", "int64", "complex64"]:
        check(sample(dtype, (2, 3)))
    for shape in [(), (0, 3), (2, 1, 2, 1, 2, 1, 2, 1), (1003,)]:
        check(sample("float", shape))
