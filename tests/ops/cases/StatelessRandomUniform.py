"""StatelessRandomUniform: numbers of [0, 1) that follow from a seed alone."""
from kit.philox import check_floats, of_seed, operand_of, uniform


def cases(op):
    check_floats(op, uniform, operand_of, of_seed, exact=True)
