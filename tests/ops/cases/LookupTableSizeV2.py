"""LookupTableSizeV2: how many keys a table has."""
from kit.tables import sizes


def cases(op):
    sizes(op)
