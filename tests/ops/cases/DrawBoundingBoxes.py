"""DrawBoundingBoxes: in TensorFlow's own colours."""
import numpy as np
from kit.drawing import BOXES, draw
from kit.values import sample


def cases(op):
    for dtype in ["float", "half"]:
        for channels in [1, 3, 4]:
            boxes = np.float32([BOXES, BOXES[::-1]])
            op([sample(dtype, (2, 9, 8, channels)), boxes], draw, dtype=dtype)
    op([sample("float", (1, 9, 8, 3)), np.zeros((1, 0, 4), np.float32)], draw)
    op([sample("float", (1, 9, 8, 3)), np.float32([BOXES, BOXES])], error="boxes of four numbers")
    op([sample("float", (1, 9, 8, 5)), np.float32([BOXES])], error="colors of 5 channels")
