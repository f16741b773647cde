"""PartitionedCall: what a function gives."""
from kit.calls import calls


def cases(op):
    calls(op)
