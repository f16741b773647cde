"""RefMerge: of two variables of TF1 the one that is there."""
import numpy as np
from kit.movement import Tensor, sample


def cases(op):
    def build(nodes, condition, x):
        variables = [nodes.variable(sample("float", (3,), seed=seed), "VariableV2", f"v{seed}") for seed in (1, 2)]
        false = nodes("RefSwitch", [variables[0], condition])[0]
        true = nodes("RefSwitch", [variables[1], condition])[1]
        value, index = nodes("RefMerge", [(false, true)])
        return [nodes("AddV2", [value, x])[0], index]
    for yes in [True, False]:
        for fed in [None, [1]]:
            op.graph(build, [np.bool_(yes), sample("float", (3,))],
                     [sample("float", (3,), seed=1 + yes).wide + sample("float", (3,)).wide, Tensor("int32", yes)],
                     dtype="float", fed=fed)
