"""VariableShape: the shape of a variable."""
from kit.movement import Tensor, sample
from kit.variables import SHAPES


def cases(op):
    for shape in SHAPES + [(2, 3)]:
        for kind in ["int32", "int64"]:
            op.graph(lambda nodes, shape=shape, kind=kind: nodes(op.op, [nodes.variable(sample("float", shape))],
                                                                 out_type=kind), [], Tensor(kind, shape))
    for dtype in ["int64", "bool", "half"]:
        op.graph(lambda nodes, dtype=dtype: nodes(op.op, [nodes.variable(sample(dtype, (4, 1)))]), [],
                 Tensor("int32", [4, 1]))
