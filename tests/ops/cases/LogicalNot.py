"""LogicalNot: not x."""
import numpy as np
from kit.elementwise import unary


def cases(op):
    unary(op, np.logical_not, ["bool"])
    op([np.int32([1])], error="expects input 0 to be of type")
