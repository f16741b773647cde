"""HashTableV2: a table of keys and values."""
from kit.tables import lookups


def cases(op):
    lookups(op)
