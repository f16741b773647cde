"""NonMaxSuppressionV3: the best boxes of which no two overlap too much, above a least score."""
import numpy as np
from kit.boxes import SIZES, errors, make, suppress
from kit.values import Tensor


def cases(op):
    def check(number, count, most, least=-1e9, dtype="float"):
        boxes, scores = make(number, dtype=dtype)
        kept = suppress(boxes.wide, scores.wide, count, most, least)
        op([boxes, scores, np.int32(count), np.float32(most), np.float32(least)], Tensor("int32", kept))
    for size in SIZES:
        check(*size)
    for least in [0.0, 0.0625, 10.0, -np.inf]:
        check(12, 12, 0.5, least)
    check(12, 6, 0.25, 0.0, "half")
    errors(op, np.float32(0.5), np.float32(0))
    op([*make(4), np.int32(2), np.float32(1.5), np.float32(0)], error="iou_threshold")
