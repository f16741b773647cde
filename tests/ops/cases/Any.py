"""Any: whether an element over some dimensions holds."""
import numpy as np
from kit.reductions import reduce


def cases(op):
    reduce(op, np.any, ["bool"], empty=False)
    rows = np.bool_([[True, True], [True, False], [False, False]])
    op([rows, np.int32([1])], np.bool_([True, True, False]), fed=[0])
