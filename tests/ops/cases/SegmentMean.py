"""SegmentMean: means of rows with the same id, of integers towards 0; ids go up."""
import numpy as np
from kit.elementwise import INF, NAN
from kit.segments import sorted_segments


def mean(rows):
    total, count = rows.sum(0, dtype=rows.dtype), len(rows)
    return np.trunc(total / count).astype(rows.dtype) if rows.dtype.kind in "iu" else total / count


def cases(op):
    sorted_segments(op, mean, 0, special=[NAN, INF, -INF])
