"""UnsortedSegmentProd: products of rows with the same id; a negative one leaves a row out."""
from kit.elementwise import INF, NAN
from kit.segments import unsorted_segments


def cases(op):
    unsorted_segments(op, lambda rows: rows.prod(0, dtype=rows.dtype), lambda dtype: 1, special=[NAN, -INF, -INF])
