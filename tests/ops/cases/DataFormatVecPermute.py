"""DataFormatVecPermute: values of dimensions between formats."""
import numpy as np


def cases(op):
    for source, target in [("NHWC", "NCHW"), ("NCHW", "NHWC"), ("NHWC", "HWNC"), ("NDHWC", "NCDHW")]:
        for kind in [np.int32, np.int64]:
            order = [source.index(part) for part in target]
            single = kind(np.arange(len(source)) * 3 + 1)
            pairs = kind(np.arange(len(source) * 2).reshape(-1, 2))
            op([single], single[order], src_format=source, dst_format=target)
            op([pairs], pairs[order], src_format=source, dst_format=target)
    # The spatial dimensions alone stay as they are, or change places with each other.
    op([np.int32([5, 6])], np.int32([5, 6]))
    op([np.int32([[5, 6], [7, 8]])], np.int32([[7, 8], [5, 6]]), src_format="NHWC", dst_format="NCWH")
    op([np.int32([1, 2, 3])], error="one or two values")
    op([np.zeros((4, 3), np.int32)], error="one or two values")
