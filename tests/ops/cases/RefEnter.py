"""RefEnter: brings a variable of TF1 into a loop."""
from kit.frames import referred


def cases(op):
    referred(op)
