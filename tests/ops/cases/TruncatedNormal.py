"""TruncatedNormal: normal numbers below 2 in size."""
from kit.philox import attributes_of, check_floats, of_node, truncated


def cases(op):
    check_floats(op, truncated, attributes_of, lambda seed: of_node(*seed))
