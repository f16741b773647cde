"""QuantizeAndDequantizeV3: the number of bits is an operand."""
from kit.simulated import check


def cases(op):
    check(op, "float", bits_operand=True, rounds=False)
    check(op, "double", bits_operand=True, rounds=False)
