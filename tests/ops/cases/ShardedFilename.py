"""ShardedFilename: the name of one part of a checkpoint; savers have it, inference does not need it."""
import numpy as np
from kit.variables import savers


def cases(op):
    def build(nodes, variable, tensor):
        nodes(op.op, [nodes.const(np.array("x")), nodes.const(np.int32(0)), nodes.const(np.int32(1))])
    savers(op, "VarHandleOp", build)
