"""LoopCond: whether a loop goes on."""
from kit.frames import summed


def cases(op):
    summed(op, [0, 1, 2, 7])
