"""Exit: what leaves a loop."""
from kit.frames import turned


def cases(op):
    turned(op, [4])
