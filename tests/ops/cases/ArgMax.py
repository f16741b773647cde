"""ArgMax: the index of the largest element, the first of equal ones."""
import numpy as np
from kit.reductions import arg_reduce


def cases(op):
    arg_reduce(op, np.argmax, outputs=["int32", "int64", "int16", "uint16"])
