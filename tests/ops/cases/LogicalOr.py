"""LogicalOr: x or y."""
import numpy as np
from kit.elementwise import binary


def cases(op):
    binary(op, np.logical_or, ["bool"])
    op([np.bool_([False, False, True, True]), np.bool_([False, True, False, True])], np.logical_or)
    op([np.bool_([True]), np.int32([1])], error="expects input 1 to be of type")
