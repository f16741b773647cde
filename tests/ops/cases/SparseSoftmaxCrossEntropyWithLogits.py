"""SparseSoftmaxCrossEntropyWithLogits: the loss of one label a row and its gradient."""
import numpy as np
from kit.elementwise import FLOATS, Tensor, precise, sample
from kit.reductions import softmax

LIMITS = {"float": (1e-5, 1e-5), "half": (2e-3, 1e-2), "bfloat16": (2e-2, 1e-1), "double": (1e-12, 1e-12)}


def cases(op):
    def check(dtype, shape, kind="int64"):
        x = sample(dtype, shape)
        labels = np.arange(shape[0]) * 2 % max(shape[1], 1)
        power = softmax(precise(x.wide))
        chosen = power[np.arange(shape[0]), labels]
        rtol, atol = LIMITS[dtype]
        op([x, Tensor(kind, labels)], [Tensor(dtype, -np.log(chosen)), Tensor(dtype, power - np.eye(shape[1])[labels])],
           rtol=rtol, atol=atol)
    for dtype in FLOATS:
        check(dtype, (4, 5))
        check(dtype, (4, 5), "int32")
    for shape in [(1, 1), (0, 3), (3, 200)]:
        check("float", shape)
    for label in [5, -1]:
        op([sample("float", (1, 5)), np.int64([label])], [None, None], error="label")
    op([sample("float", (2, 5)), np.int64([1])], [None, None], error="expects")
