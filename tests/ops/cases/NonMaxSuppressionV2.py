"""NonMaxSuppressionV2: the best boxes of which no two overlap too much."""
import numpy as np
from kit.boxes import SIZES, errors, make, suppress
from kit.values import Tensor


def cases(op):
    def check(number, count, most, dtype="float", kind="float"):
        boxes, scores = make(number, dtype=dtype)
        most = Tensor(kind, most)
        op([boxes, scores, np.int32(count), most],
           Tensor("int32", suppress(boxes.wide, scores.wide, count, float(most.wide))))
    for size in SIZES:
        check(*size)
    check(12, 6, 0.25, "half")
    check(12, 6, 0.25, "half", "half")
    errors(op, np.float32(0.5))
    op([*make(4), np.int32(2), np.float32(-0.5)], error="iou_threshold")
