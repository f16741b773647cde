"""InTopKV2: whether fewer than k classes are better than the target; never in a row that is not finite."""
import numpy as np
from kit.elementwise import INF, NAN, sample
from kit.movement import both


def expected(predictions, targets, k):
    found = []
    for row, target in zip(predictions, targets):
        known = 0 <= target < len(row) and np.isfinite(row).all()
        found.append(bool(known and np.sum(row > row[target]) < k))
    return np.reshape(found, targets.shape).astype(bool)


def cases(op):
    for kind in ["int32", "int64"]:
        for rows, classes in [(5, 7), (0, 3), (40, 100)]:
            for k in [1, 3, 200]:
                targets = sample(kind, (rows,), low=-1, high=classes)
                both(op, [sample("float", (rows, classes)), targets, getattr(np, kind)(k)], expected, dtype="bool",
                     fed=[0, 1])
    rows = np.float32([[1, 1, 1], [1, INF, 0], [NAN, 0, 1], [0, 1, 2], [0, 1, 2]])
    op([rows, np.int32([2, 0, 1, 2, 3]), np.int32(1)], np.bool_([True, False, False, True, False]))
    op([sample("float", (2, 3)), np.int32([0]), np.int32(1)], error="numbers of rows")
    op([sample("float", (3,)), np.int32([0] * 3), np.int32(1)], error="rank 2")
