"""BlockLSTM: an LSTM over the steps of a sequence, up to a length."""
from kit.recurrent import blocks


def cases(op):
    blocks(op, "icfo", forget_bias=1.0)
    blocks(op, "icfo", forget_bias=0.25)
