"""NonMaxSuppression: the best boxes of which no two overlap too much."""
import numpy as np
from kit.boxes import SIZES, errors, make, suppress
from kit.values import Tensor


def cases(op):
    for number, count, most in SIZES:
        boxes, scores = make(number)
        op([boxes, scores, np.int32(count)], Tensor("int32", suppress(boxes.wide, scores.wide, count, most)),
           iou_threshold=most)
    boxes, _ = make(5)
    op([boxes, np.float32([1, 2, 2, 1, 2]), np.int32(5)], lambda b, s, n: Tensor("int32", suppress(b, s, 5, 0.5)))
    errors(op)
    op([*make(4), np.int32(2)], error="iou_threshold", iou_threshold=1.5)
