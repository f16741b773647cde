"""Variable: a variable of TF1, in its first version."""
from kit.variables import references


def cases(op):
    references(op)
