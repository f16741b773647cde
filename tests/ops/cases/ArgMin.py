"""ArgMin: the index of the smallest element, the first of equal ones."""
import numpy as np
from kit.reductions import arg_reduce


def cases(op):
    arg_reduce(op, np.argmin, outputs=["int32", "int64"])
