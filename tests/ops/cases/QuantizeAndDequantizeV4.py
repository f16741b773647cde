"""QuantizeAndDequantizeV4: rounded as quantizing rounds, whole and along an axis."""
from kit.simulated import check


def cases(op):
    check(op, "float")
    check(op, "double")
