"""Projective transforms of images in numpy, in float32 as TensorFlow computes them."""
import numpy as np

from kit.values import sample

F = np.float32


def _place(at, size, mode):
    last = F(size - 1)
    if mode == "CONSTANT":
        return at
    if mode == "NEAREST":
        return min(max(at, F(0)), last)
    if size <= 1:
        return F(0) if at < 0 or at > last else at
    if mode == "REFLECT":
        twice = F(2 * size)
        if at < 0:
            at = twice * np.trunc(-at / twice) + at
            at = at + twice if at < -size else -at - F(1)
        elif at > last:
            at = at - twice * np.trunc(at / twice)
            at = twice - at - F(1) if at >= size else at
    elif at < 0:
        at = at + F(size) * (np.trunc(-at / last) + F(1))
    elif at > last:
        at = at - F(size) * np.trunc(at / last)
    return min(max(at, F(0)), last)


def transform(images, transforms, size, interpolation, mode="CONSTANT", fill=0):
    n, h, w, c = images.shape
    out = np.zeros((n, *size, c), np.float64)
    fill = np.asarray(fill).astype(images.dtype)
    for b in range(n):
        m = transforms[b if len(transforms) > 1 else 0].astype(F)

        def read(y, x):
            return images[b, int(y), int(x)] if 0 <= y < h and 0 <= x < w else np.full(c, fill)
        for row in range(size[0]):
            for column in range(size[1]):
                y, x = F(row), F(column)
                depth = m[6] * x + m[7] * y + F(1)
                if depth == 0:
                    out[b, row, column] = fill
                    continue
                u = _place((m[0] * x + m[1] * y + m[2]) / depth, w, mode)
                v = _place((m[3] * x + m[4] * y + m[5]) / depth, h, mode)
                if interpolation == "NEAREST":
                    away = [np.floor(abs(k) + F(0.5)) * np.sign(k) for k in (v, u)]
                    out[b, row, column] = read(*away)
                    continue
                top, left = np.floor(v), np.floor(u)

                def mix(line):
                    return (left + 1 - u) * read(line, left).astype(F) + (u - left) * read(line, left + 1).astype(F)
                value = (top + 1 - v) * mix(top) + (v - top) * mix(top + 1)
                out[b, row, column] = value if images.dtype.kind == "f" else np.trunc(value)
    return out


TRANSFORMS = [[1, 0, 0, 0, 1, 0, 0, 0], [1, 0, 1.5, 0, 1, -2, 0, 0], [0.5, 0.25, -3, -0.25, 0.5, 2, 0, 0],
              [2, 0, 9, 0, 2, -8, 0, 0], [1, 0.25, 0, 0.5, 1, 0, 0.125, 0.0625], [-1, 0, 4, 0, -1, 3, 0, 0]]


def check(op, **third):
    """`third`: fill_value=x if the op takes it."""
    fill = third.get("fill_value", 0)
    extra = [np.float32(fill)] if third else []

    def run(images, transforms, size, how, mode):
        op([images, np.float32(transforms), np.int32(size), *extra],
           lambda x, t, s, *_: transform(x, t, s, how, mode, fill), dtype=images.dtype, fed=[0, 1],
           interpolation=how, fill_mode=mode, rtol=1e-5, atol=1e-4)
    for dtype in ["float", "double", "uint8", "int32", "int64"]:
        run(sample(dtype, (1, 4, 5, 2)), TRANSFORMS[1:2], (4, 5), "NEAREST", "CONSTANT")
        run(sample(dtype, (1, 4, 5, 2)), TRANSFORMS[2:3], (3, 6), "BILINEAR", "CONSTANT")
    for how in ["NEAREST", "BILINEAR"]:
        for mode in ["CONSTANT", "REFLECT", "WRAP", "NEAREST"]:
            for one in TRANSFORMS:
                run(sample("float", (2, 4, 5, 1)), [one], (5, 4), how, mode)
            run(sample("float", (2, 4, 5, 3)), TRANSFORMS[2:4], (2, 3), how, mode)
            run(sample("float", (1, 1, 1, 1)), TRANSFORMS[2:3], (3, 3), how, mode)
    image = sample("float", (2, 4, 5, 1))
    size = np.int32([2, 2])
    op([image, np.float32(TRANSFORMS[:3]), size, *extra], error="transforms of 8 numbers", interpolation="NEAREST")
    op([image, np.float32(TRANSFORMS[:1]), np.int32([2, 0]), *extra], error="above zero", interpolation="NEAREST")
    op([image, np.float32(TRANSFORMS[:1]), size, *extra], error="interpolation", interpolation="CUBIC")
