"""NonMaxSuppressionV5: the best boxes, where others that overlap with them go or have their score lowered."""
import numpy as np
from kit.boxes import SIZES, errors, make, padded, soften, suppress
from kit.values import Tensor


def cases(op):
    def check(number, count, most, least=-1e9, sigma=0.0, dtype="float"):
        boxes, scores = make(number, dtype=dtype)
        if sigma:
            kept, values = soften(boxes.wide, scores.wide, count, most, least, sigma)
        else:
            kept = suppress(boxes.wide, scores.wide, count, most, least)
            values = scores.wide[np.int64(kept)].tolist()
        for pad in [False, True]:
            length = count if pad else len(kept)
            op([boxes, scores, np.int32(count), *[Tensor(dtype, x) for x in (most, least, sigma)]],
               [padded(kept, length), Tensor(dtype, values + [0] * (length - len(kept))), Tensor("int32", len(kept))],
               pad_to_max_output_size=pad, rtol=1e-3 if dtype == "half" else 1e-5)
    for size in SIZES:
        check(*size)
    for sigma in [0.5, 0.25]:
        check(12, 12, 1.0, 0.0, sigma)
        check(12, 5, 0.5, 0.01, sigma)
    check(12, 6, 0.25, 0.0, dtype="half")
    errors(op, np.float32(0.5), np.float32(0), np.float32(0), outputs=3)
    op([*make(4), np.int32(2), np.float32(0.5), np.float32(0), np.float32(-1)], [None] * 3, error="soft_nms_sigma")
