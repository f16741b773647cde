"""Non-maximum suppression in numpy: of boxes that overlap, the one of the best score stays."""
import numpy as np

from kit.values import Tensor


def overlap(a, b):
    """Intersection over union of boxes of two opposite corners."""
    a, b = [np.concatenate([np.minimum(box[:2], box[2:]), np.maximum(box[:2], box[2:])]) for box in (a, b)]
    areas = [np.prod(box[2:] - box[:2]) for box in (a, b)]
    if min(areas) <= 0:
        return 0.0
    shared = np.prod(np.maximum(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0))
    return shared / (sum(areas) - shared)


def suppress(boxes, scores, count, most, least=-np.inf):
    """Indices of the boxes that stay, best first, equal ones by index."""
    boxes, kept = boxes.astype(float), []
    for i in np.argsort(-scores.astype(float), kind="stable"):
        if len(kept) < count and scores[i] > least and all(overlap(boxes[i], boxes[j]) <= most for j in kept):
            kept.append(int(i))
    return kept


def soften(boxes, scores, count, most, least, sigma):
    """(indices, scores): overlaps lower a score; the next one is that of the best score left."""
    boxes, left, found = boxes.astype(float), dict(enumerate(scores.astype(float))), []
    left = {i: score for i, score in left.items() if score > least}
    while left and len(found) < count:
        best = max(left, key=lambda i: (left[i], -i))
        found.append((best, left.pop(best)))
        for i in list(left):
            shared = overlap(boxes[i], boxes[best])
            left[i] *= np.exp(-0.5 / sigma * shared**2) if shared <= most else 0
            if left[i] <= least:
                del left[i]
    return [i for i, _ in found], [score for _, score in found]


def make(count, seed=0, dtype="float"):
    """Boxes in eighths, some with their corners the other way round, and scores that differ."""
    rng = np.random.RandomState(seed + 3)
    corners = rng.randint(0, 33, (count, 2))
    boxes = np.concatenate([corners, corners + rng.randint(2, 25, (count, 2))], 1) / 8
    boxes[::3] = boxes[::3][:, [2, 3, 0, 1]]
    return Tensor(dtype, boxes), Tensor(dtype, (rng.permutation(count) - count / 3) / 64)


def padded(indices, count):
    return Tensor("int32", list(indices) + [0] * (count - len(indices)))


def errors(op, *more, outputs=1):
    """What all versions refuse; `more` are the operands after the number."""
    boxes, scores = make(4)
    none = [None] * outputs
    op([boxes, Tensor("float", scores.wide[:3]), np.int32(2), *more], none, error="numbers of boxes and scores")
    op([Tensor("float", boxes.wide[:, :3]), scores, np.int32(2), *more], none, error="4")
    op([boxes, scores, np.int32(-1), *more], none, error="max_output_size")
    op([Tensor("float", boxes.wide[0]), scores, np.int32(2), *more], none, error="rank 2")


# Number of boxes, outputs, threshold
SIZES = [(1, 1, 0.5), (0, 3, 0.5), (12, 12, 0.3), (12, 3, 0.3), (12, 0, 0.3), (12, 12, 0.0), (12, 12, 1.0),
         (60, 40, 0.5)]
