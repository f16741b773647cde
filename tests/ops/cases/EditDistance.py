"""EditDistance: between sequences of sparse tensors."""
import numpy as np
from kit.values import Tensor


def levenshtein(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        diagonal, row[0] = row[0], i + 1
        for j, y in enumerate(b):
            diagonal, row[j + 1] = row[j + 1], min(diagonal + (x != y), row[j] + 1, row[j + 1] + 1)
    return row[-1]


def sparse(rows, dtype, shape):
    indices = [(*key, i) for key, items in sorted(rows.items()) for i in range(len(items))]
    values = [item for _, items in sorted(rows.items()) for item in items]
    return [np.array(indices, np.int64).reshape(-1, len(shape)), Tensor(dtype, values), np.int64(shape)]


def cases(op):
    def check(hypothesis, truth, dtype, shape, normalize=True, truth_shape=None):
        truth_shape = truth_shape or shape
        out = np.zeros([max(a, b) for a, b in zip(shape, truth_shape)][:-1], np.float32)
        for key in set(hypothesis) | set(truth):
            mine, theirs = hypothesis.get(key, []), truth.get(key, [])
            out[key] = (levenshtein(mine, theirs) / (len(theirs) or 1e-300) if normalize
                        else levenshtein(mine, theirs)) if theirs or not normalize else np.inf
        op([*sparse(hypothesis, dtype, shape), *sparse(truth, dtype, truth_shape)], out, dtype="float",
           normalize=normalize)
    hypothesis = {(0,): [1, 2, 3], (1,): [4], (3,): [5, 5, 6]}
    truth = {(0,): [1, 3, 3, 2], (2,): [7, 8], (3,): [5, 5, 6]}
    for normalize in [True, False]:
        for dtype in ["int32", "int64", "float", "uint8"]:
            check(hypothesis, truth, dtype, (4, 4), normalize)
        words = [{key: [f"w{item}" for item in items] for key, items in part.items()} for part in (hypothesis, truth)]
        check(*words, "string", (4, 4), normalize)
    check({(0, 1): [1, 2]}, {(0, 1): [2], (1, 0): [3]}, "int32", (1, 2, 3), truth_shape=(2, 2, 2))
    good = sparse(truth, "int32", (4, 4))
    bad = sparse({(5,): [1]}, "int32", (4, 4))
    op([*bad, *good], error="does not point into", normalize=True)
