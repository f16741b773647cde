"""StackV2: an empty stack."""
from kit.stacks import accumulated, stacked, within


def cases(op):
    stacked(op)
    accumulated(op)
    within(op)
