"""If: what one of two functions gives."""
from kit.branches import conditionals


def cases(op):
    conditionals(op)
