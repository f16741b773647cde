"""Convolutions and poolings in numpy, over any number of spatial dimensions, channels last."""
import numpy as np

from kit.values import Tensor, sample


def output_and_pads(size, window, stride, padding):
    """Output size and what is padded before and after; `window` with its dilation."""
    if padding == "SAME":
        out = -(-size // stride)
        total = max((out - 1) * stride + window - size, 0)
        return out, total // 2, total - total // 2
    before, after = (0, 0) if padding == "VALID" else padding
    return (size + before + after - window) // stride + 1, before, after


class Window:
    """What a window covers: an array of the outputs' shape for each of its places."""

    def __init__(self, sizes, window, strides, padding, dilations=None):
        dilations = dilations or [1] * len(window)
        paddings = padding if isinstance(padding, list) else [padding] * len(window)
        self.places = list(np.ndindex(*window))
        self.sizes, self.strides, self.dilations = sizes, strides, dilations
        reach = [(k - 1) * d + 1 for k, d in zip(window, dilations)]
        found = [output_and_pads(*args) for args in zip(sizes, reach, strides, paddings)]
        self.out = [out for out, _, _ in found]
        self.pads = [(0, 0)] + [(before, after) for _, before, after in found] + [(0, 0)]

    def slices(self, place):
        return (slice(None),) + tuple(
            slice(k * d, k * d + (n - 1) * s + 1 if n else k * d, s)
            for k, d, s, n in zip(place, self.dilations, self.strides, self.out))

    def covered(self, x, fill):
        """[places, N, out..., C]"""
        padded = np.pad(x, self.pads, constant_values=fill)
        return np.stack([padded[self.slices(place)] for place in self.places])

    def scattered(self, shape, parts):
        """The sum at each place of the input of what the parts say of it."""
        padded = np.zeros([n + sum(pad) for n, pad in zip(shape, self.pads)], parts[0].dtype)
        for place, part in zip(self.places, parts):
            padded[self.slices(place)] += part
        return padded[tuple(slice(a, n + a) for (a, _), n in zip(self.pads, shape))]


def _places(w):
    return w.reshape((-1,) + w.shape[-2:])


def convolve(x, w, strides, padding, dilations=None):
    groups = x.shape[-1] // w.shape[-2]
    xs = Window(x.shape[1:-1], w.shape[:-2], strides, padding, dilations).covered(x, 0)
    return np.concatenate([sum(a @ b for a, b in zip(part, _places(filters))) for part, filters in
                           zip(np.split(xs, groups, -1), np.split(w, groups, -1))], -1)


def convolve_depthwise(x, w, strides, padding, dilations=None):
    xs = Window(x.shape[1:-1], w.shape[:-2], strides, padding, dilations).covered(x, 0)
    y = sum(a[..., None] * b for a, b in zip(xs, _places(w)))
    return y.reshape(y.shape[:-2] + (y.shape[-2] * y.shape[-1],))


def convolve_transposed(shape, w, y, strides, padding, dilations=None):
    """The gradient of `convolve` by its input, of that shape."""
    window = Window(shape[1:-1], w.shape[:-2], strides, padding, dilations)
    groups = shape[-1] // w.shape[-2]
    parts = [np.concatenate([part @ filters.T for part, filters in
                             zip(np.split(y, groups, -1), np.split(place, groups, -1))], -1) for place in _places(w)]
    return window.scattered(shape, parts)


def pool_max(x, window, strides, padding):
    lowest = -np.inf if x.dtype.kind == "f" else np.iinfo(x.dtype).min
    return Window(x.shape[1:-1], window, strides, padding).covered(x, lowest).max(0)


def pool_mean(x, window, strides, padding):
    covering = Window(x.shape[1:-1], window, strides, padding)
    return covering.covered(x, 0).sum(0) / covering.covered(np.ones(x.shape), 0).sum(0)


def swap(x, first):
    """Channels last as channels first, if so."""
    return np.moveaxis(x, -1, 1) if first else x


def wide(x):
    return x.astype(np.float64) if x.dtype.kind == "f" else x


class Layout:
    """Attributes in one data format."""

    def __init__(self, rank, first):
        self.first = first
        self.name = {4: ("NHWC", "NCHW"), 5: ("NDHWC", "NCDHW")}[rank][first]

    def whole(self, values, outer=1):
        """A list for the spatial dimensions as one for all."""
        values = list(values)
        return [outer, outer] + values if self.first else [outer] + values + [outer]

    def attributes(self, strides, padding, dilations=None, ksize=None):
        found = {"strides": self.whole(strides), "data_format": self.name,
                 "padding": padding if isinstance(padding, str) else "EXPLICIT"}
        if not isinstance(padding, str):
            pairs = self.whole(padding, (0, 0))
            found["explicit_paddings"] = [side for pair in pairs for side in pair]
        if dilations:
            found["dilations"] = self.whole(dilations)
        if ksize:
            found["ksize"] = self.whole(ksize)
        return found


# image (spatial, channels), window, output channels per group, strides, padding, dilations
CONVOLUTIONS = [
    ((5, 6, 2), (3, 3), 3, (1, 1), "SAME", None), ((5, 6, 2), (3, 2), 3, (1, 1), "VALID", None),
    ((7, 8, 3), (3, 3), 4, (2, 2), "SAME", None), ((7, 8, 3), (3, 3), 4, (2, 3), "VALID", None),
    ((6, 6, 4), (1, 1), 5, (1, 1), "SAME", None), ((6, 6, 4), (1, 1), 5, (2, 2), "VALID", None),
    ((9, 8, 2), (3, 3), 2, (1, 1), "SAME", (2, 3)), ((9, 8, 2), (3, 2), 2, (1, 1), "VALID", (2, 1)),
    ((5, 6, 2), (3, 3), 3, (1, 2), [(1, 2), (0, 1)], None), ((8, 9, 2), (3, 3), 2, (1, 1), [(2, 2), (3, 0)], (2, 2)),
    ((4, 4, 1), (4, 4), 1, (1, 1), "VALID", None), ((3, 3, 1), (5, 5), 2, (1, 1), "SAME", None),
    ((10, 11, 16), (3, 3), 33, (1, 1), "SAME", None), ((5, 1, 3), (3, 1), 2, (2, 1), "SAME", None)]


def check_convolution(op, function, dtype, case, first=False, batch=2, groups=1, depthwise=False, seed=0):
    """One convolution, both operands fed and the filter constant in turn."""
    (*sizes, channels), window, outputs, strides, padding, dilations = case
    layout = Layout(len(sizes) + 2, first)
    x = sample(dtype, (batch, *sizes, channels * groups), seed=seed)
    w = sample(dtype, (*window, channels, outputs * groups), seed=seed + 1)
    expected = function(wide(x.wide), wide(w.wide), strides, padding, dilations)
    op([Tensor(dtype, swap(x.wide, first)), w], swap(expected, first),
       fed=[0] if seed % 2 else None, **layout.attributes(strides, padding, dilations))


def check_pool(op, function, dtype, case, first=False, batch=2):
    """case: image, window, strides, padding"""
    shape, window, strides, padding = case
    layout = Layout(len(shape) + 1, first)
    x = sample(dtype, (batch, *shape))
    op([Tensor(dtype, swap(x.wide, first))], swap(function(wide(x.wide), window, strides, padding), first),
       **layout.attributes(strides, padding, ksize=window))


POOLS = [((5, 6, 3), (2, 2), (2, 2), "SAME"), ((5, 6, 3), (2, 2), (2, 2), "VALID"),
         ((7, 7, 2), (3, 3), (1, 1), "SAME"), ((7, 7, 2), (3, 2), (1, 2), "VALID"),
         ((4, 4, 1), (4, 4), (1, 1), "VALID"), ((3, 3, 2), (1, 1), (2, 2), "SAME"),
         ((3, 3, 2), (5, 5), (1, 1), "SAME"), ((9, 10, 17), (3, 3), (2, 2), "SAME"),
         ((7, 7, 3), (2, 2), (3, 3), "VALID")]
POOLS_3D = [((4, 5, 6, 2), (2, 2, 2), (2, 2, 2), "SAME"), ((4, 5, 6, 2), (2, 3, 2), (1, 2, 3), "VALID"),
            ((3, 3, 3, 5), (3, 3, 3), (1, 1, 1), "SAME"), ((2, 2, 2, 1), (2, 2, 2), (1, 1, 1), "VALID")]
