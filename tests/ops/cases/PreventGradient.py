"""PreventGradient: the input; what it prevents is of no matter to inference."""
from kit.movement import passes


def cases(op):
    passes(op, message="no gradient")
