"""TensorListScatter: a list whose elements at some places are the slices of a tensor."""
from kit.lists import scatters


def cases(op):
    scatters(op)
