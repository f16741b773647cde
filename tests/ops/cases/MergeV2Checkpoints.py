"""MergeV2Checkpoints: joins the parts of a checkpoint; inference does not."""
import numpy as np
from kit.variables import savers


def cases(op):
    def build(nodes, variable, tensor):
        nodes(op.op, [nodes.const(np.array(["x"])), nodes.const(np.array("y"))])
    savers(op, "VarHandleOp", build)
