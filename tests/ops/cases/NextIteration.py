"""NextIteration: brings a tensor to the next turn of a loop."""
from kit.frames import nested, turned


def cases(op):
    turned(op)
    nested(op)
