"""SegmentMax: maxima of rows with the same id; ids go up."""
from kit.elementwise import INF, NAN
from kit.segments import REAL, sorted_segments


def cases(op):
    sorted_segments(op, lambda rows: rows.max(0), 0, REAL, special=[NAN, INF, -INF])
