"""Batch norms, blocks of images and resizing in numpy; channels last."""
import numpy as np

from kit.values import Tensor, sample
from kit.windows import Layout, swap


def normalize(x, scale, offset, mean, variance, epsilon):
    """In double precision, along the last dimension."""
    x, scale, offset, mean, variance = [np.asarray(part, np.float64) for part in (x, scale, offset, mean, variance)]
    return (x - mean) * scale / np.sqrt(variance + epsilon) + offset


def batch_statistics(x):
    """Mean and variance over all but the channels, the variance with and without Bessel's correction."""
    flat = np.asarray(x, np.float64).reshape(-1, x.shape[-1])
    count = flat.shape[0]
    variance = flat.var(0)
    return flat.mean(0), variance, variance * count / max(count - 1, 1)


def space_to_batch(x, block, paddings):
    rank = len(block)
    x = np.pad(x, [(0, 0)] + [tuple(pad) for pad in paddings] + [(0, 0)] * (x.ndim - rank - 1))
    shape = [x.shape[0]]
    for size, step in zip(x.shape[1:rank + 1], block):
        shape += [size // step, step]
    x = x.reshape(shape + list(x.shape[rank + 1:]))
    order = [2 + 2 * i for i in range(rank)] + [0] + [1 + 2 * i for i in range(rank)]
    x = x.transpose(order + list(range(2 * rank + 1, x.ndim)))
    return x.reshape((int(np.prod(x.shape[:rank + 1])),) + x.shape[rank + 1:])


def batch_to_space(x, block, crops):
    rank = len(block)
    batch = x.shape[0] // int(np.prod(block))
    x = x.reshape(tuple(block) + (batch,) + x.shape[1:])
    order = [rank]
    for i in range(rank):
        order += [rank + 1 + i, i]
    x = x.transpose(order + list(range(2 * rank + 1, x.ndim)))
    sizes = [x.shape[1 + 2 * i] * x.shape[2 + 2 * i] for i in range(rank)]
    x = x.reshape([batch] + sizes + list(x.shape[2 * rank + 1:]))
    return x[(slice(None),) + tuple(slice(a, n - b) for n, (a, b) in zip(sizes, crops))]


def depth_to_space(x, block):
    n, h, w, c = x.shape
    x = x.reshape(n, h, w, block, block, c // block**2).transpose(0, 1, 3, 2, 4, 5)
    return x.reshape(n, h * block, w * block, c // block**2)


def space_to_depth(x, block):
    n, h, w, c = x.shape
    x = x.reshape(n, h // block, block, w // block, block, c).transpose(0, 1, 3, 2, 4, 5)
    return x.reshape(n, h // block, w // block, c * block**2)


def _scale(size, out, align_corners):
    if align_corners and out > 1:
        return np.float32(size - 1) / np.float32(out - 1)
    return np.float32(size) / np.float32(out)


def positions(size, out, align_corners, half_pixel_centers):
    """Where the output's pixels lie in the input, in f32 as TensorFlow has it."""
    at, scale = np.arange(out, dtype=np.float32), _scale(size, out, align_corners)
    return (at + np.float32(0.5)) * scale - np.float32(0.5) if half_pixel_centers else at * scale


def resize_bilinear(x, out, align_corners=False, half_pixel_centers=False):
    x = np.asarray(x, np.float32)
    for axis, size in zip((2, 1), reversed(out)):
        at = positions(x.shape[axis], size, align_corners, half_pixel_centers)
        low = np.floor(at)
        lerp = (at - low).reshape([-1 if i == axis else 1 for i in range(4)])
        last = x.shape[axis] - 1
        before = np.take(x, np.clip(low, 0, last).astype(int), axis)
        after = np.take(x, np.clip(np.ceil(at), 0, last).astype(int), axis)
        x = before + (after - before) * lerp
    return x


def resize_nearest(x, out, align_corners=False, half_pixel_centers=False):
    for axis, size in zip((1, 2), out):
        at = np.arange(size, dtype=np.float32)
        at = (at + np.float32(0.5) if half_pixel_centers else at) * _scale(x.shape[axis], size, align_corners)
        at = np.floor(at + np.float32(0.5)) if align_corners else np.floor(at)
        x = np.take(x, np.clip(at, 0, x.shape[axis] - 1).astype(int), axis)
    return x


RESIZES = [((4, 6), (8, 12)), ((4, 6), (2, 3)), ((5, 7), (7, 4)), ((5, 7), (5, 7)), ((3, 3), (1, 1)), ((1, 1), (3, 4)),
           ((4, 4), (9, 10)), ((9, 10), (4, 3))]


def check_batch_norm(op, x, kind, first, training, factor=None, third=False, epsilon=0.001):
    """One batch norm of the sample `x`; `kind` is the type of the statistics."""
    channels = x.shape[-1]
    scale, offset = sample(kind, (channels,), seed=1), sample(kind, (channels,), seed=2)
    mean, variance = sample(kind, (channels,), seed=3), sample(kind, (channels,), seed=4, low=1)
    attributes = {"is_training": training, "epsilon": epsilon, "data_format": Layout(len(x.shape), first).name}
    if training:
        current, biased, corrected = batch_statistics(x.wide)
        y = normalize(x.wide, scale.wide, offset.wide, current, biased, epsilon)
        new = [current, corrected]
        if factor is None:
            mean = variance = Tensor(kind, [])
        else:
            attributes["exponential_avg_factor"] = factor
            new = [(1 - factor) * old.wide + factor * now for old, now in zip((mean, variance), new)]
        outputs = new + [current, biased]
    else:
        y = normalize(x.wide, scale.wide, offset.wide, mean.wide, variance.wide, epsilon)
        outputs = [mean.wide, variance.wide, mean.wide, variance.wide]
    op([Tensor(x.dtype, swap(x.wide, first)), scale, offset, mean, variance],
       [Tensor(x.dtype, swap(y, first))] + [Tensor(kind, output) for output in outputs] + [None] * third,
       atol={"half": 4e-3, "bfloat16": 4e-2}.get(x.dtype, 2e-5), **attributes)


def _mix(x, rows, columns):
    """Weights of rows [out, in] and of columns applied to an image."""
    return np.einsum("yi,nijc,xj->nyxc", rows, np.asarray(x, np.float64), columns)


def _area_weights(size, out, align_corners):
    scale = float(_scale(size, out, align_corners))
    weights = np.zeros((out, size))
    for y in range(out):
        start, end = np.float32(y * scale), np.float32((y + 1) * scale)
        for i in range(int(np.floor(start)), int(np.ceil(end))):
            weights[y, min(max(i, 0), size - 1)] += (min(i + 1, end) - max(i, start)) / scale
    return weights


def resize_area(x, out, align_corners=False):
    return _mix(x, *[_area_weights(n, m, align_corners) for n, m in zip(x.shape[1:3], out)])


def _cubic_weights(size, out, align_corners, half_pixel_centers):
    """Keys' kernel at 1024 places; places outside of the image count with half pixels not at all."""
    a = -0.5 if half_pixel_centers else -0.75
    weights = np.zeros((out, size))
    for y, at in enumerate(positions(size, out, align_corners, half_pixel_centers)):
        first = int(np.floor(at))
        offset = int(np.rint((at - np.float32(first)) * np.float32(1024))) / 1024
        near = [((a + 2) * t - (a + 3)) * t * t + 1 for t in (offset, 1 - offset)]
        far = [((a * t - 5 * a) * t + 8 * a) * t - 4 * a for t in (1 + offset, 2 - offset)]
        for index, weight in zip(range(first - 1, first + 3), (far[0], near[0], near[1], far[1])):
            inside = min(max(index, 0), size - 1)
            if inside == index or not half_pixel_centers:
                weights[y, inside] += weight
        if half_pixel_centers:
            weights[y] /= weights[y].sum()
    return weights


def resize_bicubic(x, out, **given):
    settings = {"align_corners": False, "half_pixel_centers": False, **given}
    return _mix(x, *[_cubic_weights(n, m, **settings) for n, m in zip(x.shape[1:3], out)])


def _crop_positions(size, out, low, high):
    low, high = float(low), float(high)
    if out == 1:
        return np.array([(low + high) / 2 * (size - 1)])
    return low * (size - 1) + np.arange(out) * ((high - low) * (size - 1) / (out - 1))


def crop_and_resize(x, boxes, numbers, out, method="bilinear", extrapolation_value=0.0):
    result = np.full((len(boxes), *out, x.shape[3]), extrapolation_value)
    _, height, width, _ = x.shape
    for box, number, crop in zip(boxes, numbers, result):
        image = x[number].astype(np.float64)
        for i, y in enumerate(_crop_positions(height, out[0], box[0], box[2])):
            for j, at in enumerate(_crop_positions(width, out[1], box[1], box[3])):
                if not (0 <= y <= height - 1 and 0 <= at <= width - 1):
                    continue
                if method == "nearest":
                    crop[i, j] = image[int(np.floor(y + 0.5)), int(np.floor(at + 0.5))]
                    continue
                rows = image[int(np.floor(y))], image[int(np.ceil(y))]
                left, right = int(np.floor(at)), int(np.ceil(at))
                top, bottom = [row[left] + (row[right] - row[left]) * (at - left) for row in rows]
                crop[i, j] = top + (bottom - top) * (y - np.floor(y))
    return result
