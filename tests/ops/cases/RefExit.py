"""RefExit: what leaves a loop, if it is a variable of TF1."""
from kit.frames import referred


def cases(op):
    referred(op)
