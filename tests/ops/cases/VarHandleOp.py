"""VarHandleOp: the handle of a variable."""
from kit.variables import resources


def cases(op):
    resources(op)
