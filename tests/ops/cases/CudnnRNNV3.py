"""CudnnRNNV3: with lengths of the sequences, and batch-major."""
from kit.cudnn import check


def cases(op):
    check(op, third=True, tail=2)
