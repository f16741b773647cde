"""Enter: brings a tensor into a loop, where it may come to each turn as it is."""
from kit.frames import nested, summed


def cases(op):
    summed(op)
    nested(op)
