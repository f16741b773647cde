"""What matrix products have in common."""
import numpy as np

from kit.values import sample


def adjoint(x, yes):
    return np.conj(np.swapaxes(x, -1, -2)) if yes else x


def multiply(x, y):
    """In double precision; integers wrap."""
    if x.dtype.kind in "fc":
        return np.matmul(x.astype(np.result_type(x.dtype, np.float64)), y.astype(np.result_type(y.dtype, np.float64)))
    return np.matmul(x, y)


# Batches that broadcast, rows, inner size, columns
BATCHES = [((), (), 2, 3, 4), ((3,), (3,), 2, 3, 4), ((2, 1), (3,), 2, 3, 4), ((1, 3), (2, 1), 1, 5, 1),
           ((0,), (1,), 2, 3, 4), ((2,), (2,), 0, 3, 4), ((2,), (2,), 3, 0, 4), ((2, 1, 2), (3, 1), 2, 2, 2),
           ((2,), (), 17, 33, 9), ((), (2,), 9, 70, 37)]


def batch_products(op, dtypes, broadcasts=True):
    def check(dtype, x, y, m, k, n, adj_x=False, adj_y=False):
        op([sample(dtype, x + ((k, m) if adj_x else (m, k))), sample(dtype, y + ((n, k) if adj_y else (k, n)), seed=1)],
           lambda a, b: multiply(adjoint(a, adj_x), adjoint(b, adj_y)), adj_x=adj_x, adj_y=adj_y)
    for dtype in dtypes:
        check(dtype, (2,), (2,), 3, 4, 5)
    for case in BATCHES:
        if broadcasts or case[0] == case[1]:
            check("float", *case)
    for adj_x, adj_y in [(True, False), (False, True), (True, True)]:
        check("float", (2,), (2,), 3, 4, 5, adj_x, adj_y)
        check("float", (), (), 20, 33, 10, adj_x, adj_y)
        check("int32", (2,), (2,), 3, 4, 5, adj_x, adj_y)
        check("complex64", (2,), (2,), 3, 4, 5, adj_x, adj_y)
    op([sample("float", (2, 3, 4)), sample("float", (2, 5, 6))], error="inner sizes")
    op([sample("float", (2, 3, 4)), sample("float", (3, 4, 5))], error="batches")
    op([sample("float", (4,)), sample("float", (4, 2))], error="rank 2")


def of_unknown_shapes(op):
    """Products of matrices whose shapes only the running program knows."""
    def build(nodes, x, of_x, y, of_y):
        return nodes(op.op, [nodes("Reshape", pair)[0] for pair in ((x, of_x), (y, of_y))])

    def check(x, y, **given):
        operands = [sample("float", x), np.int32(x), sample("float", y, seed=1), np.int32(y)]
        if not given:
            given["expected"] = multiply(operands[0].wide, operands[2].wide)
        op.graph(build, operands, **given)
    for x, y in [((2, 3), (3, 4)), ((1, 1), (1, 5)), ((0, 3), (3, 2)), ((17, 33), (33, 9))]:
        check(x, y)
    check((2, 3), (2, 3), error="sizes")
