"""PlaceholderV2: what is fed."""
from kit.movement import FEW, passes


def cases(op):
    # Every input of a case is one when it is fed.
    def check(inputs, expected, **given):
        op.graph(lambda nodes, x: [x], inputs, expected, **given)
    passes(check, FEW)
