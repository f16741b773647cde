"""FusedBatchNormV2: of halves with statistics in f32."""
from kit.elementwise import sample
from kit.images import check_batch_norm


def cases(op):
    for first in [False, True]:
        for dtype in ["float", "half", "bfloat16"]:
            for training in [False, True]:
                check_batch_norm(op, sample(dtype, (2, 3, 4, 5)), "float", first, training)
        check_batch_norm(op, sample("half", (2, 3, 4, 17)), "float", first, training=True, factor=0.5)
