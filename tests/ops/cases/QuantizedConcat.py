"""QuantizedConcat: parts of several ranges get one that holds them all."""
import numpy as np
from kit.values import Tensor, sample


def cases(op):
    def run(dtype, shapes, axis, ranges, expected, wide):
        parts = [sample(dtype, shape, i) for i, shape in enumerate(shapes)]
        op([np.int32(axis), tuple(parts), tuple(np.float32(low) for low, _ in ranges),
            tuple(np.float32(high) for _, high in ranges)],
           [Tensor(dtype, expected([part.data for part in parts])), Tensor("float", wide[0]), Tensor("float", wide[1])],
           N=len(parts), fed=list(range(1, 2)))
    # Equal ranges: the bytes stay.
    run("quint8", [(2, 3), (1, 3)], 0, [(0, 255), (0, 255)], lambda xs: np.concatenate(xs, 0), (0, 255))
    run("quint8", [(2, 3), (2, 1), (2, 2)], -1, [(0, 255)] * 3, lambda xs: np.concatenate(xs, -1), (0, 255))
    # Another range: a step of the second is two of the first.
    run("quint8", [(2, 3), (1, 3)], 0, [(0, 510), (0, 255)],
        lambda xs: np.concatenate([xs[0], np.floor(xs[1] / 2 + 0.5)], 0), (0, 510))
    # The result's minimum is at most zero.
    run("quint8", [(2,), (3,)], 0, [(0, 255), (0, 255)], lambda xs: np.concatenate(xs), (0, 255))
    op([np.int32(2), (sample("quint8", (2, 3)), sample("quint8", (2, 3))), (np.float32(0),) * 2, (np.float32(1),) * 2],
       error="axis", N=2)
