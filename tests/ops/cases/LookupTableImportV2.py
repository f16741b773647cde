"""LookupTableImportV2: gives a table keys and their values."""
from kit.tables import lookups


def cases(op):
    lookups(op, initializer="LookupTableImport")
