"""IsVariableInitialized: whether a variable of TF1 has a value; one of a checkpoint has."""
import numpy as np
from kit.movement import sample


def cases(op):
    for kind in ["VariableV2", "Variable"]:
        for dtype in ["float", "int64"]:
            op.graph(lambda nodes, dtype=dtype, kind=kind: nodes(op.op, [nodes.variable(sample(dtype, (2,)), kind)],
                                                                 more={"dtype": dtype}), [], np.bool_(True))
