"""StatelessRandomNormal: normal numbers that follow from a seed alone."""
from kit.philox import check_floats, normal, of_seed, operand_of


def cases(op):
    check_floats(op, normal, operand_of, of_seed)
