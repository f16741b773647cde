"""GIF images, written without compression."""
import struct

import numpy as np

from kit.values import Tensor

COLOURS = [(0, 0, 0), (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (10, 20, 30), (200, 100, 50), (1, 2, 3)]


def packed(pixels, bits=3):
    """Codes of the compressor that never build a table: a clear code before it grows."""
    clear, end, width = 2**bits, 2**bits + 1, bits + 1
    codes = []
    for i, pixel in enumerate(pixels):
        codes += ([clear] if i % (2**bits - 2) == 0 else []) + [pixel]
    stream = used = 0
    for code in codes + [end]:
        stream |= code << used
        used += width
    data = stream.to_bytes((used + 7) // 8, "little")
    blocks = b"".join(bytes([len(data[i:i + 255])]) + data[i:i + 255] for i in range(0, len(data), 255))
    return bytes([bits]) + blocks + b"\0"


def frame(pixels, left=0, top=0, transparent=None, colours=None, interlaced=False):
    """pixels: numbers of colours."""
    pixels = np.asarray(pixels)
    flags = 0x40 if interlaced else 0
    if interlaced:
        pixels = np.concatenate([pixels[first::step] for first, step in [(0, 8), (4, 8), (2, 4), (1, 2)]])
    control = b"" if transparent is None else b"\x21\xf9\x04\x01\0\0" + bytes([transparent]) + b"\0"
    local = b"" if colours is None else b"".join(bytes(colour) for colour in colours)
    return control + b"\x2c" + struct.pack("<4HB", left, top, pixels.shape[1], pixels.shape[0], flags | (0x82 if local else 0)) + \
        local + packed(pixels.ravel().tolist())


def file(frames, shape, table=COLOURS):
    colours = b"".join(bytes(colour) for colour in table)
    return b"GIF89a" + struct.pack("<2H3B", shape[1], shape[0], 0x82 if table else 0, 0, 0) + colours + \
        b"".join(frames) + b"\x3b"


def text(data):
    return Tensor("string", np.array(data, object))


def painted(canvas, pixels, left=0, top=0, transparent=None, colours=None, interlaced=False):
    """What the frame makes of a canvas of [height, width, 3]."""
    canvas = canvas.copy()
    for y, row in enumerate(np.asarray(pixels)):
        for x, pixel in enumerate(row):
            if pixel != transparent and top + y < canvas.shape[0] and left + x < canvas.shape[1]:
                canvas[top + y, left + x] = (colours or COLOURS)[pixel]
    return canvas
