"""CombinedNonMaxSuppression: for each image the best boxes of all classes, each class suppressed for itself."""
import numpy as np
from kit.boxes import make, suppress
from kit.values import Tensor, sample


def combined(boxes, scores, per_class, total, most, least, pad, clip):
    batch, number, classes = scores.shape
    size = min(total, per_class * classes) if pad else total
    out = [np.zeros((batch, size) + shape, np.float32) for shape in ((4,), (), ())] + [np.zeros(batch, np.int32)]
    for image in range(batch):
        found = []
        for c in range(classes):
            own = boxes[image, :, c if boxes.shape[2] > 1 else 0]
            kept = suppress(own, scores[image, :, c], per_class, most, least)
            found += [(scores[image, i, c], c, own[i]) for i in kept]
        found = sorted(found, key=lambda entry: -entry[0])[:size]
        for place, (score, c, box) in enumerate(found):
            for to, value in zip(out, (np.clip(box, 0, 1) if clip else box, score, c)):
                to[image, place] = value
        out[3][image] = len(found)
    return [Tensor("float", part) for part in out[:3]] + [Tensor("int32", out[3])]


def cases(op):
    def check(batch, number, q, classes, per_class, total, most=0.4, least=-1.0, pad=False, clip=True):
        boxes = [np.stack([make(number, seed=b * 10 + c)[0].wide for c in range(q)], 1) for b in range(batch)]
        # All scores are different.
        order = np.random.RandomState(1).permutation(batch * number * classes)
        scores = np.float32(order.reshape(batch, number, classes) / order.size)
        boxes = np.float32(boxes) / np.float32(4)
        op([boxes, scores, np.int32(per_class), np.int32(total), np.float32(most), np.float32(least)],
           combined(boxes, scores, per_class, total, most, least, pad, clip), fed=[0, 1], pad_per_class=pad,
           clip_boxes=clip)
    for q in [1, 3]:
        for pad in [False, True]:
            check(2, 8, q, 3, 2, 10, pad=pad)
            check(1, 8, q, 3, 8, 5, pad=pad, clip=False)
    check(1, 6, 1, 1, 6, 6, least=0.5)
    check(1, 6, 1, 2, 6, 4, least=2.0)
    check(3, 20, 1, 4, 5, 12, most=0.2)
    boxes, scores = sample("float", (1, 4, 1, 4), low=0), sample("float", (1, 4, 2))
    more = [np.int32(2), np.int32(3), np.float32(0.5), np.float32(0)]
    op([boxes, sample("float", (1, 3, 2)), *more], [None] * 4, error="CombinedNonMaxSuppression")
    op([sample("float", (1, 4, 3, 4)), scores, *more], [None] * 4, error="CombinedNonMaxSuppression")
    op([boxes, scores, np.int32(0), *more[1:]], [None] * 4, error="CombinedNonMaxSuppression")
    op([boxes, scores, *more[:2], np.float32(2), more[3]], [None] * 4, error="iou_threshold")
