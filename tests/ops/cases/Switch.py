"""Switch: the input at one of two outputs; what comes after the other does not run."""
import numpy as np
from kit.frames import conditional, kinds
from kit.movement import Tensor, sample


def cases(op):
    def build(nodes, condition, x):
        return conditional(nodes, condition, x, lambda true: nodes("Identity", [true])[0],
                           lambda false: nodes("ZerosLike", [false])[0])[:1]

    def check(x):
        for yes in [True, False]:
            op.graph(build, [np.bool_(yes), x], x if yes else Tensor(x.dtype, np.zeros_like(x.wide)))
    kinds(check)

    def guarded(nodes, condition, x, i):
        """An index that would be out of range where it is not used."""
        return conditional(nodes, condition, i, lambda true: nodes("GatherV2", [x, true, nodes.const(np.int32(0))])[0],
                           lambda false: nodes("Cast", [false], DstT="float")[0])[:1]
    op.graph(guarded, [np.bool_(False), sample("float", (3,)), np.int32([7])], np.float32([7]))
