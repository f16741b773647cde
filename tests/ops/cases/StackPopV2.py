"""StackPopV2: takes the uppermost tensor of a stack."""
from kit.stacks import accumulated, emptied, stacked


def cases(op):
    stacked(op)
    accumulated(op)
    emptied(op)
