"""_FusedDepthwiseConv2dNative: with all that may follow it."""
from kit.fused import check_chains
from kit.values import sample
from kit.windows import convolve_depthwise


def cases(op):
    image, filters = sample("float", (2, 5, 6, 3)), sample("float", (3, 3, 3, 2), 1)
    check_chains(op, lambda x, w: convolve_depthwise(x, w, (1, 1), "SAME"), [image, filters], (2, 5, 6, 6),
                 strides=[1, 1, 1, 1], padding="SAME")
    check_chains(op, lambda x, w: convolve_depthwise(x, w, (2, 2), "VALID"), [image, filters], (2, 2, 2, 6),
                 chains=[["BiasAdd", "Relu6"]], strides=[1, 2, 2, 1], padding="VALID")
