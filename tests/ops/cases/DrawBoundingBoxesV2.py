"""DrawBoundingBoxesV2: in colours of the caller's."""
import numpy as np
from kit.drawing import BOXES, draw
from kit.values import sample


def cases(op):
    for dtype in ["float", "half"]:
        for channels in [1, 3]:
            op([sample(dtype, (2, 9, 8, channels)), np.float32([BOXES, BOXES[::-1]]), sample("float", (2, channels), 1)],
               draw, dtype=dtype)
    # Without colours, TensorFlow's own.
    op([sample("float", (1, 9, 8, 3)), np.float32([BOXES]), np.zeros((0, 3), np.float32)],
       lambda x, boxes, _: draw(x, boxes))
    op([sample("float", (1, 9, 8, 3)), np.float32([BOXES]), sample("float", (2, 2))], error="colors of 3 channels")
