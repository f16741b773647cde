"""SparseToDense: one value everywhere but at some places."""
import numpy as np
from kit.movement import FEW, Tensor, both, sample


def cases(op):
    def check(dtype, shape, indices, values, kind="int32"):
        def expected(indices, shape, values, default):
            x = np.full(shape, default, np.result_type(values, default))
            rows = indices.reshape((-1, len(shape)) if indices.ndim == 2 else (-1, 1))
            for i, at in enumerate(rows):
                x[tuple(at)] = values if values.ndim == 0 else values[i]
            return x
        op([Tensor(kind, indices), Tensor(kind, shape), sample(dtype, values), sample(dtype, (), seed=1)], expected,
           dtype=dtype, fed=[0, 2, 3] if kind == "int32" else None)
    for dtype in FEW:
        check(dtype, (3, 4), [[0, 1], [2, 0]], (2,))
    for kind in ["int32", "int64"]:
        for shape, indices, values in [((5,), 3, ()), ((5,), [1, 4], (2,)), ((5,), [1, 4], ()),
                                       ((5,), [[1], [4]], (2,)), ((3, 4), np.zeros((0, 2)), (0,)),
                                       ((2, 3, 4), [[0, 0, 1], [1, 2, 3]], ()),
                                       ((2, 1, 2, 1, 2), [[0, 0, 1, 0, 1], [1, 0, 0, 0, 1]], (2,))]:
            check("float", shape, indices, values, kind)

    def fails(indices, values, error, **given):
        both(op, [np.int32(indices), np.int32([3, 4]), np.float32(values), np.float32(0)], error=error,
             fed=[0, 2, 3], **given)
    fails([[0, 4]], [1], "SparseToDense")
    fails([[-1, 0]], [1], "SparseToDense", validate_indices=False)
    fails([[1, 0], [0, 1]], [1, 2], "SparseToDense")
    fails([[1, 0], [1, 0]], [1, 2], "SparseToDense")
    fails([[1, 0]], [1, 2], "SparseToDense")
    fails([[1, 0, 0]], [1], "SparseToDense")
