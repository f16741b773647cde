"""MatMul: the product of two matrices, each read transposed if wanted."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, sample
from kit.products import multiply, of_unknown_shapes


def cases(op):
    def check(dtype, m, k, n, a=False, b=False, fed=None):
        op([sample(dtype, (k, m) if a else (m, k)), sample(dtype, (n, k) if b else (k, n), seed=1)],
           lambda x, y: multiply(x.T if a else x, y.T if b else y), fed=fed, transpose_a=a, transpose_b=b)
    for dtype in FLOATS + ["int32", "int64", "uint8", "uint16", "uint32", "uint64"] + COMPLEX:
        check(dtype, 3, 4, 5)
    for m, k, n in [(1, 1, 1), (1, 7, 3), (5, 1, 6), (3, 9, 1), (0, 3, 2), (3, 0, 2), (3, 2, 0), (17, 33, 9),
                    (64, 65, 66)]:
        check("float", m, k, n)
        check("float", m, k, n, fed=[0])
    for a, b in [(True, False), (False, True), (True, True)]:
        for dtype in ["float", "double", "half", "int32", "complex64"]:
            check(dtype, 3, 4, 5, a, b)
        check("float", 18, 33, 20, a, b, fed=[0])
    op([np.float32([[INF, 1], [NAN, 0]]), np.float32([[0, 1], [1, 1]])], np.float32([[NAN, INF], [NAN, NAN]]))
    op([sample("float", (2, 3)), sample("float", (4, 2))], error="inner sizes")
    op([sample("float", (2, 3, 4)), sample("float", (4, 2))], error="two matrices")
    of_unknown_shapes(op)
