"""VarIsInitializedOp: whether a variable has a value; one of a checkpoint has."""
import numpy as np
from kit.movement import sample


def cases(op):
    for dtype in ["float", "int64", "bool"]:
        op.graph(lambda nodes, dtype=dtype: nodes(op.op, [nodes.variable(sample(dtype, (2,)))]), [], np.bool_(True))
