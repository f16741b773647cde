"""ScatterMin: lowers slices of a variable, by index."""
from kit.variables import scattered


def cases(op):
    scattered(op, "VariableV2")
