"""ConjugateTranspose: dimensions in another order; complex numbers become their conjugates."""
import numpy as np
from kit.movement import ANY, Tensor, both, sample


def cases(op):
    for dtype in [dtype for dtype in ANY if dtype != "string"]:
        x = sample(dtype, (2, 3))
        op([x, np.int32([1, 0])], Tensor(dtype, np.conj(x.wide).T), fed=[0])
    for shape, order in [((), ()), ((5,), (0,)), ((2, 3, 4), (0, 2, 1)), ((2, 3, 4), (2, 0, 1)), ((0, 3), (1, 0)),
                         ((2, 1, 3, 2, 1, 2, 3, 2), (7, 3, 0, 5, 1, 6, 2, 4))]:
        both(op, [sample("complex64", shape), Tensor("int32", order)], lambda x, order: np.conj(x).transpose(order))
    op([sample("complex128", (2, 3)), np.int64([1, 0])], lambda x, order: np.conj(x).transpose(order))
    both(op, [sample("complex64", (2, 3)), np.int32([0, 2])], error="permutation")
