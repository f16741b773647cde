"""NonMaxSuppressionV4: the best boxes of which no two overlap too much, above a least score, and how many they are."""
import numpy as np
from kit.boxes import SIZES, errors, make, padded, suppress
from kit.values import Tensor


def cases(op):
    def check(number, count, most, least=-1e9, dtype="float"):
        boxes, scores = make(number, dtype=dtype)
        kept = suppress(boxes.wide, scores.wide, count, most, least)
        for pad in [False, True]:
            op([boxes, scores, np.int32(count), np.float32(most), np.float32(least)],
               [padded(kept, count if pad else len(kept)), Tensor("int32", len(kept))], pad_to_max_output_size=pad)
    for size in SIZES:
        check(*size)
    for least in [0.0, 10.0]:
        check(12, 12, 0.5, least)
    check(12, 6, 0.25, 0.0, "half")
    errors(op, np.float32(0.5), np.float32(0), outputs=2)
