"""SaveV2: writes tensors to a checkpoint; inference does not."""
import numpy as np
from kit.variables import read, savers


def cases(op):
    def build(nodes, variable, tensor):
        names, slices = [nodes.const(np.array([text])) for text in (nodes.node_name("variable"), "")]
        nodes(op.op, [nodes.const(np.array("x")), names, slices, [read(nodes, variable, tensor.dtype)]])
    savers(op, "VarHandleOp", build)
