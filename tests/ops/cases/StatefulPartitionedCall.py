"""StatefulPartitionedCall: what a function gives that may have side effects."""
from kit.calls import calls


def cases(op):
    calls(op)
