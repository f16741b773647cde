"""LookupTableFindV2: the values of keys, and a default for those that are not there."""
from kit.tables import lookups


def cases(op):
    lookups(op, shapes=True)
