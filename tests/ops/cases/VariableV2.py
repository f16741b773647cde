"""VariableV2: a variable of TF1."""
from kit.variables import references


def cases(op):
    references(op)
