"""StackPush: puts a tensor on a stack and gives it on."""
from kit.stacks import accumulated, stacked


def cases(op):
    stacked(op)
    accumulated(op)
