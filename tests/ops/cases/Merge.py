"""Merge: the input that is there, and which one it is."""
import numpy as np
from kit.frames import conditional, kinds
from kit.movement import Tensor, sample


def cases(op):
    def build(nodes, condition, x):
        return conditional(nodes, condition, x, lambda true: nodes("Identity", [true])[0],
                           lambda false: nodes("ZerosLike", [false])[0])

    def check(x):
        for yes in [True, False]:
            op.graph(build, [np.bool_(yes), x], [x if yes else Tensor(x.dtype, np.zeros_like(x.wide)),
                                                 Tensor("int32", int(yes))])
    kinds(check)

    def twice(nodes, a, b, x):
        """One condition in a branch of another."""
        def inner(true):
            guarded = nodes("Switch", [b, a])[1]
            return conditional(nodes, guarded, true, lambda x: nodes("Neg", [x])[0],
                               lambda x: nodes("AddV2", [x, x])[0])[0]
        return conditional(nodes, a, x, inner, lambda false: nodes("Identity", [false])[0])[:1]
    for a in [True, False]:
        for b in [True, False]:
            op.graph(twice, [np.bool_(a), np.bool_(b), sample("float", (3,))],
                     lambda a, b, x: (-x if b else x + x) if a else x, dtype="float")
