"""BiasAdd: a vector added along the channels, the last or the second dimension."""
from kit.elementwise import COMPLEX, FLOATS, SIGNED, UNSIGNED, sample


def cases(op):
    def check(dtype, shape, layout):
        size = shape[-1] if layout == "NHWC" else shape[1]
        op([sample(dtype, shape), sample(dtype, (size,), seed=1)], lambda x, b: x + b if layout == "NHWC"
           else x + b.reshape((-1,) + (1,) * (x.ndim - 2)), data_format=layout)
    for dtype in FLOATS + SIGNED + UNSIGNED + COMPLEX:
        check(dtype, (2, 3), "NHWC")
        check(dtype, (2, 3, 2, 2), "NCHW")
    for shape in [(2, 3), (2, 3, 4), (2, 3, 4, 5), (2, 3, 2, 3, 2), (0, 3), (2, 0), (5, 33)]:
        check("float", shape, "NHWC")
        check("float", shape, "NCHW")
    op([sample("float", (2, 3)), sample("float", (2,))], error="bias per channel")
    op([sample("float", (2, 3)), sample("float", (3, 1))], error="vector as bias")
    op([sample("float", (3,)), sample("float", (3,))], error="rank 2 or more")
