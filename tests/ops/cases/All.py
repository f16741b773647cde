"""All: whether all elements over some dimensions hold."""
import numpy as np
from kit.reductions import reduce


def cases(op):
    reduce(op, np.all, ["bool"], empty=True)
    rows = np.bool_([[True, True], [True, False], [False, False]])
    op([rows, np.int32([1])], np.bool_([True, False, False]), fed=[0])
