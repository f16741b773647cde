"""TensorScatterUpdate: elements replaced by updates where index vectors point at."""
from kit.scatters import tensor_scatter


def cases(op):
    tensor_scatter(op, "set")
