"""Conv3D: in both formats, with strides and dilations."""
from kit.elementwise import FLOATS, sample
from kit.windows import check_convolution, convolve

CASES = [((4, 5, 6, 2), (3, 3, 3), 3, (1, 1, 1), "SAME", None), ((4, 5, 6, 2), (2, 3, 2), 3, (1, 1, 1), "VALID", None),
         ((5, 6, 7, 3), (3, 3, 3), 2, (2, 1, 2), "SAME", None), ((5, 6, 7, 3), (1, 1, 1), 4, (2, 2, 2), "VALID", None),
         ((6, 6, 7, 1), (2, 2, 3), 2, (1, 1, 1), "SAME", (2, 1, 2)),
         ((3, 3, 3, 17), (3, 3, 3), 9, (1, 1, 1), "SAME", None)]


def cases(op):
    for first in [False, True]:
        for dtype in FLOATS:
            check_convolution(op, convolve, dtype, CASES[0], first, batch=1)
        for seed, case in enumerate(CASES):
            check_convolution(op, convolve, "float", case, first, seed=seed)
        check_convolution(op, convolve, "float", CASES[0], first, batch=0)
        check_convolution(op, convolve, "float", CASES[0], first, groups=2)
    op([sample("float", (1, 4, 4, 4, 3)), sample("float", (2, 2, 2, 2, 4))], error="channels",
       strides=[1, 1, 1, 1, 1], padding="VALID")
