"""Greater: x > y; false of NaN."""
import numpy as np
from kit.comparisons import compare


def cases(op):
    compare(op, np.greater)
