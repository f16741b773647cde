"""UpperBound: for each value the first position in the sorted row whose element is greater than it."""
from kit.bounds import bounds


def cases(op):
    bounds(op, "right")
