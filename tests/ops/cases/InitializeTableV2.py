"""InitializeTableV2: fills a table with keys and their values."""
from kit.tables import lookups


def cases(op):
    lookups(op)
