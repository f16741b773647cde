"""ParallelDynamicStitch: rows put where their indices say, in any order."""
from kit.stitches import stitch


def cases(op):
    stitch(op, repeats=False)
