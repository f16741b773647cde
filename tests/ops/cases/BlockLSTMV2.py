"""BlockLSTMV2: an LSTM over the steps of a sequence, up to a length; its gates are in another order."""
from kit.recurrent import blocks


def cases(op):
    blocks(op, "ifco")
