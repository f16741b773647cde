"""StatelessCase: what one of several functions gives; the last one if the index is out of range."""
from kit.branches import choices


def cases(op):
    choices(op)
