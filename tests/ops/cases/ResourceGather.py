"""ResourceGather: slices of a variable, by index."""
import numpy as np
from kit.movement import Tensor, sample


def cases(op):
    def check(params, indices, batch=0, error=None):
        def build(nodes, i):
            return nodes(op.op, [nodes.variable(params), i], batch_dims=batch, more={"dtype": params.dtype})
        if error:
            op.graph(build, [indices], error=error)
            return
        at = indices.wide.astype(int)
        expected = np.stack([p[i] for p, i in zip(params.wide, at)]) if batch else params.wide[at]
        op.graph(build, [indices], Tensor(params.dtype, expected))
    for dtype in ["float", "double", "half", "bfloat16", "int32", "int64", "bool", "complex64"]:
        check(sample(dtype, (4, 3)), Tensor("int32", [2, 0, 2]))
    for shape, indices in [((5,), 3), ((5,), []), ((5,), [[4, 0], [1, 1]]), ((4, 0), [1, 2]),
                           ((100, 33), range(0, 100, 7))]:
        for kind in ["int32", "int64"]:
            check(sample("float", shape), Tensor(kind, indices))
    check(sample("float", (2, 5, 3)), Tensor("int32", [[4, 0], [1, 1]]), batch=1)
    for bad in [4, -1]:
        check(sample("float", (4, 3)), Tensor("int32", [0, bad]), error="[0, 4)")
