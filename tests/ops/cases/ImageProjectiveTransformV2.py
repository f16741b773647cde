"""ImageProjectiveTransformV2: zeros outside of the image, or what fill_mode says."""
from kit.projections import check


def cases(op):
    check(op)
