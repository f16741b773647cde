"""ResourceScatterNdAdd: adds to slices of a variable, by index vectors."""
from kit.variables import scattered_nd


def cases(op):
    scattered_nd(op, "VarHandleOp")
