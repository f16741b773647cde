"""CudnnRNNV2: as CudnnRNN, with one more output for training."""
from kit.cudnn import check


def cases(op):
    check(op, tail=2)
