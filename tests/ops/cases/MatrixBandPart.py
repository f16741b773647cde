"""MatrixBandPart: matrices without what lies outside of a band; negative numbers keep a whole triangle."""
import numpy as np
from kit.movement import FEW, both, sample


def cases(op):
    def band(x, lower, upper):
        below = np.subtract.outer(np.arange(x.shape[-2]), np.arange(x.shape[-1]))
        kept = ((lower < 0) | (below <= lower)) & ((upper < 0) | (-below <= upper))
        return np.where(kept, x, np.zeros((), x.dtype))
    for dtype in FEW[:-1]:
        op([sample(dtype, (3, 4)), np.int64(1), np.int64(0)], band, fed=[0], rtol=0, atol=0)
    for lower, upper in [(0, 0), (-1, 0), (0, -1), (-1, -1), (1, 2), (2, 1), (3, 4)]:
        both(op, [sample("float", (3, 4)), np.int32(lower), np.int32(upper)], band)
    for shape in [(4, 3), (2, 3, 3), (0, 3), (3, 0), (1, 1), (2, 1, 2, 1, 2, 1, 3, 3), (33, 65)]:
        both(op, [sample("float", shape), np.int64(min(1, shape[-2])), np.int64(min(1, shape[-1]))], band)
    op([np.float32([[np.nan, np.nan], [np.inf, 1]]), np.int64(0), np.int64(0)], np.float32([[np.nan, 0], [0, 1]]))
    for lower, upper, side in [(4, 0, "rows"), (0, 5, "columns"), (2**40, -1, "rows"), (-1, 7, "columns")]:
        both(op, [sample("float", (3, 4)), np.int64(lower), np.int64(upper)], error=f"at most the number of {side}")
    op([sample("float", (3,)), np.int64(0), np.int64(0)], error="matri", fed=[0])
