"""ImageProjectiveTransformV3: a value of the caller's outside of the image."""
from kit.projections import check


def cases(op):
    check(op, fill_value=7)
