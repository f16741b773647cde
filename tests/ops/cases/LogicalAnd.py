"""LogicalAnd: x and y."""
import numpy as np
from kit.elementwise import binary


def cases(op):
    binary(op, np.logical_and, ["bool"])
    op([np.bool_([False, False, True, True]), np.bool_([False, True, False, True])], np.logical_and)
    op([np.int32([1]), np.bool_([True])], error="expects input 0 to be of type")
