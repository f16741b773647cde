"""InitializeTableFromTextFile: fills a table with the lines of a file."""
from kit.tables import files


def cases(op):
    files(op)
