"""StatelessRandomNormalV2: normal numbers that follow from key and counter."""
from kit.philox import check_floats, key_operands, normal, of_seed


def cases(op):
    check_floats(op, normal, key_operands, of_seed)
