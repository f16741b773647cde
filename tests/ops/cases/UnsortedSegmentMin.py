"""UnsortedSegmentMin: minima of rows with the same id; the highest number where there is none."""
from kit.elementwise import INF, NAN
from kit.segments import REAL, unsorted_segments
from kit.values import limits


def cases(op):
    unsorted_segments(op, lambda rows: rows.min(0), lambda dtype: limits(dtype)[1], REAL, special=[NAN, -1, -INF])
