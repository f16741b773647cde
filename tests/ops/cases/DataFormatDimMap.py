"""DataFormatDimMap: numbers of dimensions between formats."""
import numpy as np


def cases(op):
    formats = [("NHWC", "NCHW"), ("NCHW", "NHWC"), ("NHWC", "HWNC"), ("NDHWC", "NCDHW")]
    for source, target in formats:
        for kind in [np.int32, np.int64]:
            numbers = np.arange(-len(source), len(source))
            op([kind(numbers)], kind([target.index(source[i]) for i in numbers]), src_format=source, dst_format=target)
    op([np.int32(3)], np.int32(1))
    op([np.zeros((2, 0), np.int32)], np.zeros((2, 0), np.int32))
    op([np.int32([4])], error="axis")
    op([np.int32([0])], error="same dimensions", src_format="NHWC", dst_format="NCDHW")
