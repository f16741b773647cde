"""RefNextIteration: brings a variable of TF1 to the next turn of a loop."""
from kit.frames import referred


def cases(op):
    referred(op)
