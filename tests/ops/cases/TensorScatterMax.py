"""TensorScatterMax: elements or updates, whichever is the maximum where index vectors point at."""
from kit.scatters import tensor_scatter


def cases(op):
    tensor_scatter(op, "maximum")
