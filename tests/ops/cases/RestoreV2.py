"""RestoreV2: reads tensors of a checkpoint; inference has their values already, by the names that it has them by."""
import numpy as np
from kit.movement import sample
from kit.variables import read, savers


def restore(nodes, variable, dtype, name):
    names, slices = [nodes.const(np.array([text])) for text in (nodes.node_name(name), "")]
    value, = nodes("RestoreV2", [nodes.const(np.array("x")), names, slices], dtypes=[dtype])
    nodes("AssignVariableOp", [variable, value])


def cases(op):
    savers(op, "VarHandleOp", lambda nodes, variable, tensor: restore(nodes, variable, tensor.dtype, "variable"))

    def renamed(nodes):
        variable = nodes.variable(sample("float", (3,)), stored="kept")
        restore(nodes, variable, "float", "kept")
        return [read(nodes, variable, "float")]
    op.graph(renamed, [], sample("float", (3,)))
