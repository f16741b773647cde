"""UnsortedSegmentMax: maxima of rows with the same id; the lowest number where there is none."""
from kit.elementwise import INF, NAN
from kit.segments import REAL, unsorted_segments
from kit.values import limits


def cases(op):
    unsorted_segments(op, lambda rows: rows.max(0), lambda dtype: limits(dtype)[0], REAL,
                      special=[NAN, INF, limits("float")[0]])
