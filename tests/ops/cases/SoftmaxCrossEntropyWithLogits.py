"""SoftmaxCrossEntropyWithLogits: the loss of each row and its gradient."""
import numpy as np
from kit.elementwise import FLOATS, Tensor, precise, sample
from kit.reductions import softmax

LIMITS = {"float": (1e-5, 1e-5), "half": (2e-3, 2e-2), "bfloat16": (2e-2, 2e-1), "double": (1e-12, 1e-12)}


def cases(op):
    def check(dtype, x, labels):
        logits, weights = precise(x.wide), precise(labels.wide)
        logits, weights = np.broadcast_arrays(logits, weights)
        logs = logits - logits.max(1, keepdims=True, initial=-np.inf)
        logs = logs - np.log(np.exp(logs).sum(1, keepdims=True))
        rtol, atol = LIMITS[dtype]
        op([x, labels], [Tensor(dtype, -(weights * logs).sum(1)), Tensor(dtype, softmax(logits) - weights)], rtol=rtol,
           atol=atol)
    for dtype in FLOATS:
        check(dtype, sample(dtype, (4, 5)), sample(dtype, (4, 5), seed=1, low=0, high=1))
    for x, labels in [((1, 1), (1, 1)), ((0, 3), (0, 3)), ((4, 5), (1, 5)), ((1, 5), (4, 5)), ((3, 200), (3, 200))]:
        check("float", sample("float", x), sample("float", labels, seed=1, low=0, high=1))
    check("float", Tensor("float", [[1000, 0, -1000]]), Tensor("float", [[0.5, 0.25, 0.25]]))
    op([sample("float", (4, 5)), sample("float", (4, 6))], [None, None], error="expects")
