"""Restore: reads a tensor of a checkpoint of the first version; inference has its value already."""
import numpy as np
from kit.variables import savers


def cases(op):
    def build(nodes, variable, tensor):
        texts = ["x", nodes.node_name("variable")]
        value, = nodes(op.op, [nodes.const(np.array(text)) for text in texts], dt=tensor.dtype)
        nodes("Assign", [variable, value])
    savers(op, "VariableV2", build)
