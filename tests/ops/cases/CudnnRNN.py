"""CudnnRNN: every cell, in one and two directions, stacked."""
from kit.cudnn import check


def cases(op):
    check(op)
