"""DynamicStitch: rows put where their indices say; of several for one place the last."""
from kit.stitches import stitch


def cases(op):
    stitch(op, repeats=True)
