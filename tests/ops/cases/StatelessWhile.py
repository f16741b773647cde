"""StatelessWhile: a function of its own results, as long as another one says so."""
from kit.loops import loops


def cases(op):
    loops(op)
