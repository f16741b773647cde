"""_FusedBatchNormEx: with and without a tensor that is added, and a Relu."""
import numpy as np
from kit.images import normalize
from kit.values import sample


def cases(op):
    x, side = sample("float", (2, 3, 4, 5)), sample("float", (2, 3, 4, 5), 1)
    vectors = [sample("float", (5,), seed) for seed in (2, 3, 4)] + [sample("float", (5,), 5, low=1)]
    for added in [(), (side,)]:
        for mode in ["Identity", "Relu"]:
            y = normalize(x.wide, *[vector.wide for vector in vectors], 0.001)
            y = y + sum(part.wide for part in added)
            if mode == "Relu":
                y = np.maximum(y, 0)
            op([x, *vectors, added], [y] + [None] * 5, num_side_inputs=len(added), activation_mode=mode,
               epsilon=0.001, is_training=False, rtol=1e-5, atol=1e-5)
