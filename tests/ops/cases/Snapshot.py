"""Snapshot: a copy of the input."""
from kit.movement import FEW, passes


def cases(op):
    passes(op, FEW)
