"""_FusedConv2D: with all that may follow it, in both formats."""
import numpy as np
from kit.fused import check_chains
from kit.values import sample
from kit.windows import convolve, swap


def cases(op):
    image, filters = sample("float", (2, 5, 6, 2)), sample("float", (3, 3, 2, 4), 1)
    check_chains(op, lambda x, w: convolve(x, w, (1, 1), "SAME"), [image, filters], (2, 5, 6, 4),
                 strides=[1, 1, 1, 1], padding="SAME")
    check_chains(op, lambda x, w: convolve(x, w, (2, 1), "VALID"), [image, filters], (2, 2, 4, 4),
                 chains=[["BiasAdd", "Relu"]], strides=[1, 2, 1, 1], padding="VALID")
    check_chains(op, lambda x, w: convolve(x, w, (1, 1), [(1, 0), (2, 1)], (1, 2)), [image, filters], (2, 4, 5, 4),
                 chains=[["BiasAdd", "Elu"]], strides=[1, 1, 1, 1], padding="EXPLICIT", dilations=[1, 1, 2, 1],
                 explicit_paddings=[0, 0, 1, 0, 2, 1, 0, 0])
    first = sample("float", (2, 2, 5, 6))
    check_chains(op, lambda x, w: swap(convolve(np.moveaxis(x, 1, -1), w, (1, 1), "SAME"), True), [first, filters],
                 (2, 4, 5, 6), first=True, chains=[["BiasAdd", "Relu"], ["FusedBatchNorm", "Relu"]],
                 strides=[1, 1, 1, 1], padding="SAME", data_format="NCHW")
    op([image, filters, (sample("float", (4,)),)], error="unsupported op", num_args=1, fused_ops=["BiasAdd", "Mystery"],
       strides=[1, 1, 1, 1], padding="SAME")
