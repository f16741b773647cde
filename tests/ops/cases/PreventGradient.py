"""PreventGradient: the input; what it prevents is of no matter to inference."""
from kit.movement import FEW, passes


def cases(op):
    passes(op, FEW, message="no gradient")
