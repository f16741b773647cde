"""Updates of a tensor where index vectors point at, in numpy."""
import numpy as np

from kit.elementwise import INF, NAN
from kit.values import COMPLEX, FLOATS, SIGNED, UNSIGNED, Tensor, sample

# Shape, indices, shape of the updates
SCATTERS = [((5,), [[1], [3]], (2,)), ((5,), [[1], [1], [4]], (3,)), ((4, 3), [[0], [2]], (2, 3)),
            ((4, 3), [[0, 1], [3, 2], [0, 1]], (3,)), ((4, 3, 2), [[[0, 1]], [[3, 2]]], (2, 1, 2)), ((5,), [2], ()),
            ((4, 3), np.zeros((0, 1)), (0, 3)), ((2, 0), [[1]], (1, 0)), ((3,), np.zeros((2, 0)), (2, 3)),
            ((2, 1, 2, 1, 2, 1, 2, 1), [[1, 0, 1, 0], [0, 0, 1, 0]], (2, 2, 1, 2, 1))]


def scattered(x, indices, updates, how):
    """In order; `how` is "set", "add", "subtract", "maximum" or "minimum"."""
    x = np.array(x)
    for place in np.ndindex(*indices.shape[:-1]):
        at, update = tuple(indices[place].astype(int)), updates[place]
        x[at] = update if how == "set" else getattr(np, how)(x[at], update)
    return x


def errors():
    """Indices, updates, and a part of the error, for a tensor of shape [4, 2]."""
    rows = sample("float", (2, 2))
    return [(np.int32([[0], [4]]), rows, "[4]"), (np.int32([[0], [-1]]), rows, "[-1]"),
            (np.int32([[0], [1]]), sample("float", (2, 3)), "updates"),
            (np.int32([[0, 0, 0]]), sample("float", (1,)), "at most 2"),
            (np.int32(0), rows, "rank 1")]


def tensor_scatter(op, how):
    order = how in ("maximum", "minimum")
    dtypes = FLOATS + SIGNED + UNSIGNED + ([] if order else COMPLEX) + (["bool", "string"] if how == "set" else [])

    def check(dtype, shape, indices, updates, kind="int32"):
        op([sample(dtype, shape), Tensor(kind, indices), sample(dtype, updates, seed=1)],
           lambda x, i, u: scattered(x, i, u, how))
    for dtype in dtypes:
        check(dtype, (4, 2), [[1], [3], [1]], (3, 2))
    for shape, indices, updates in SCATTERS:
        check("float", shape, indices, updates, "int64" if len(shape) == 2 else "int32")
    if order:
        op([np.float32([NAN, 1, -INF, 0]), np.int32([[0], [1], [2], [3]]), np.float32([1, NAN, INF, -INF])],
           lambda x, i, u: getattr(np, how)(x, u))
    op([np.float32([1, 2]), np.int32([[5], [0], [-1]]), np.float32([1, 2, 3])],
       lambda x, i, u: scattered(x, np.int32([[0]]), u[1:2], how), bad_indices_policy="IGNORE")
    for indices, updates, error in errors():
        op([sample("float", (4, 2)), indices, updates], error=error)
