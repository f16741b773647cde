"""RandomStandardNormal: normal numbers."""
from kit.philox import attributes_of, check_floats, normal, of_node


def cases(op):
    check_floats(op, normal, attributes_of, lambda seed: of_node(*seed))
