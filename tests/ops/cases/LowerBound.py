"""LowerBound: for each value the first position in the sorted row whose element is not less than it."""
from kit.bounds import bounds


def cases(op):
    bounds(op, "left")
