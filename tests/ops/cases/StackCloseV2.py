"""StackCloseV2: frees a stack; what was popped stays."""
from kit.stacks import stacked


def cases(op):
    stacked(op, close=True)
