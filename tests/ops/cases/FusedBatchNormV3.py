"""FusedBatchNormV3: of images with two or three spatial dimensions."""
import numpy as np
from kit.elementwise import sample
from kit.images import check_batch_norm


def cases(op):
    for first in [False, True]:
        for dtype in ["float", "half", "bfloat16"]:
            for training in [False, True]:
                check_batch_norm(op, sample(dtype, (2, 3, 4, 5)), "float", first, training, third=True)
        for training in [False, True]:
            check_batch_norm(op, sample("float", (2, 3, 2, 3, 4)), "float", first, training, third=True)
        check_batch_norm(op, sample("float", (2, 3, 4, 17)), "float", first, training=True, factor=0.5, third=True)
        check_batch_norm(op, sample("float", (0, 3, 4, 5)), "float", first, training=False, third=True)
    four, five = np.ones(4, np.float32), np.ones(5, np.float32)
    op([sample("float", (2, 3, 4, 5)), five, five, four, five], error="scale, offset, mean and", is_training=False)
