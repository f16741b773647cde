"""ResourceGatherNd: elements or slices of a variable that index vectors point at."""
import numpy as np
from kit.movement import Tensor, sample


def cases(op):
    def check(params, indices, error=None):
        def build(nodes, i):
            return nodes(op.op, [nodes.variable(params), i], more={"dtype": params.dtype})
        if error:
            op.graph(build, [indices], [None], error=error)
            return
        at = tuple(np.moveaxis(indices.wide.astype(int), -1, 0))
        op.graph(build, [indices], Tensor(params.dtype, params.wide[at]))
    for dtype in ["float", "double", "half", "bfloat16", "int32", "int64", "bool", "complex64"]:
        check(sample(dtype, (4, 3)), Tensor("int32", [[2, 1], [0, 2]]))
    for shape, indices in [((5,), [[3]]), ((5,), np.zeros((0, 1))), ((3, 4, 2), [[[0, 1]], [[2, 3]]]),
                           ((3, 4), [[2], [0]])]:
        for kind in ["int32", "int64"]:
            check(sample("float", shape), Tensor(kind, indices))
    for bad in [[4, 0], [0, -1]]:
        check(sample("float", (4, 3)), Tensor("int32", [[0, 0], bad]), error="index")
