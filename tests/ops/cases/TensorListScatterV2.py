"""TensorListScatterV2: a list of some length whose elements at some places are the slices of a tensor."""
import numpy as np
from kit.lists import scatters


def cases(op):
    scatters(op, lambda nodes: [nodes.const(np.int32(-1))])
    scatters(op, lambda nodes: [nodes.const(np.int32(5))], length=5)
