"""Outlines of boxes in numpy."""
import numpy as np

TABLE = [[1, 1, 0, 1], [0, 0, 1, 1], [1, 0, 0, 1], [0, 1, 0, 1], [0.5, 0, 0.5, 1], [0.5, 0.5, 0, 1], [0.5, 0, 0, 1],
         [0, 0, 0.5, 1], [0, 1, 1, 1], [1, 0, 1, 1]]
# Inside, over the edges, turned round, outside, one pixel, everything.
BOXES = [[0.1, 0.2, 0.6, 0.7], [-0.5, 0.3, 0.5, 1.5], [0.6, 0.1, 0.2, 0.9], [1.5, 0, 2, 1], [0.5, 0.5, 0.5, 0.5],
         [0, 0, 1, 1], [0.25, -1, 0.75, 0.4]]


def draw(images, boxes, colours=None):
    images = images.copy()
    height, width, channels = images.shape[1:]
    if colours is None:
        colours = np.array(TABLE)[:, :channels]
        if channels == 1:
            colours = np.ones((len(TABLE), 1))
    for image, own in zip(images, boxes.astype(np.float32)):
        for i, box in enumerate(own):
            y0, y1 = [int(v * np.float32(height - 1)) for v in (box[0], box[2])]
            x0, x1 = [int(v * np.float32(width - 1)) for v in (box[1], box[3])]
            if y0 > y1 or x0 > x1 or y0 >= height or y1 < 0 or x0 >= width or x1 < 0:
                continue
            colour = colours[i % len(colours)][:channels]
            rows = range(max(y0, 0), min(y1, height - 1) + 1)
            columns = range(max(x0, 0), min(x1, width - 1) + 1)
            for y in rows:
                for x in columns:
                    if y in (y0, y1) or x in (x0, x1):
                        image[y, x] = colour
    return images
