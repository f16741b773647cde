"""RandomUniform: numbers of [0, 1)."""
from kit.philox import attributes_of, check_floats, of_node, uniform


def cases(op):
    check_floats(op, uniform, attributes_of, lambda seed: of_node(*seed), exact=True)
