"""FusedBatchNorm: with given statistics and with those of the batch, in both formats."""
import numpy as np
from kit.elementwise import sample
from kit.images import check_batch_norm


def cases(op):
    for first in [False, True]:
        for shape in [(2, 3, 4, 5), (1, 1, 7, 33), (3, 2, 2, 1)]:
            check_batch_norm(op, sample("float", shape), "float", first, training=False)
            check_batch_norm(op, sample("float", shape), "float", first, training=True)
        check_batch_norm(op, sample("float", (2, 3, 4, 5)), "float", first, training=True, factor=0.25)
        check_batch_norm(op, sample("float", (2, 3, 4, 5)), "float", first, training=False, epsilon=0.5)
        check_batch_norm(op, sample("float", (0, 3, 4, 5)), "float", first, training=False)
    four, five = np.ones(4, np.float32), np.ones(5, np.float32)
    common = {"fed": [0], "is_training": False}
    nothing = [None] * 5
    op([sample("float", (2, 3, 4, 5)), four, five, five, five], nothing, error="scale, offset, mean and", **common)
    op([sample("float", (2, 3, 5)), five, five, five, five], nothing, error="rank 4", **common)
