"""DecodeGif: the frames of a GIF image, each painted over the one before."""
import numpy as np
from kit.gifs import COLOURS, file, frame, painted, text
from kit.values import Tensor


def cases(op):
    random = np.random.default_rng(5)

    def check(shape, *frames):
        canvas, images = np.zeros(shape + (3,), np.uint8), []
        for pixels, more in frames:
            canvas = painted(canvas, pixels, **more)
            images.append(canvas)
        op([text(file([frame(pixels, **more) for pixels, more in frames], shape))], Tensor("uint8", images))
    whole, part = random.integers(0, 8, (5, 7)), random.integers(0, 8, (2, 3))
    check((5, 7), (whole, {}))
    check((1, 1), ([[3]], {}))
    check((11, 3), (random.integers(0, 8, (11, 3)), dict(interlaced=True)))
    check((40, 33), (random.integers(0, 8, (40, 33)), {}))
    check((5, 7), (whole, {}), (part, dict(left=2, top=1)), (random.integers(0, 8, (5, 7)), {}))
    check((5, 7), (whole, dict(transparent=3)), (part, dict(left=4, top=3, transparent=0)))
    check((5, 7), (whole, {}), (part, dict(left=1, colours=COLOURS[::-1])))
    # What lies outside of the largest frame is cut.
    check((5, 7), (whole, {}), (part, dict(left=6, top=4)))

    good = file([frame(whole), frame(part)], (5, 7))
    # The second frame is cut off.
    op([text(good[:-12])], Tensor("uint8", [painted(np.zeros((5, 7, 3), np.uint8), whole)]))
    for bad, error in [(b"GIF89a", "header"), (good[:40], "no whole frame"), (b"", "first bytes"),
                       (file([frame(whole)], (5, 7), []), "no colours")]:
        op([text(bad)], error=error)

    # Other formats are one frame, and a GIF of one frame is an image like others.
    def of_png(nodes, x):
        return nodes(op.op, nodes("EncodePng", [x]))
    image = random.integers(0, 256, (4, 6, 3)).astype(np.uint8)
    op.graph(of_png, [image], image[None])

    def as_image(kind, **more):
        return lambda nodes, x: nodes(kind, [x], **more)
    single, first = text(file([frame(whole)], (5, 7))), painted(np.zeros((5, 7, 3), np.uint8), whole)
    op.graph(as_image("DecodePng"), [single], Tensor("uint8", first))
    op.graph(as_image("DecodeJpeg", channels=3), [single], Tensor("uint8", first))
    op.graph(as_image("DecodeImage", expand_animations=False), [text(good)], Tensor("uint8", first))
    op.graph(as_image("DecodePng"), [text(good)], error="2 frames")
    op.graph(as_image("DecodePng", channels=1), [single], error="0 or 3 channels")
