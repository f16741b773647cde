"""StatelessRandomUniformV2: numbers of [0, 1) that follow from key and counter."""
from kit.philox import check_algorithms, check_floats, key_operands, of_seed, uniform


def cases(op):
    check_floats(op, uniform, key_operands, of_seed, exact=True)
    check_algorithms(op)
