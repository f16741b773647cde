"""Graphs of random ops, from a seed, with what numpy says of their shapes.

Values stay small and well-conditioned, so that what the ways of computing a graph may
differ by stays small too: every node ends in [-8, 8] or so (ops that grow are followed by
Tanh), arguments of Log, Sqrt and divisions are kept away from zero, and there are no
comparisons or roundings of computed values, where one ulp would decide.
"""
import numpy as np

from kit.nodes import Nodes
from kit.values import Tensor

UNARY = ["Tanh", "Sigmoid", "Relu", "Relu6", "Elu", "Selu", "Softplus", "Softsign", "Sin", "Cos", "Erf", "Abs", "Neg",
         "Square", "Exp", "LeakyRelu", "Identity", "Softmax", "LogSoftmax"]
POSITIVE = ["Sqrt", "Rsqrt", "Log", "Log1p", "Reciprocal"]
BINARY = ["AddV2", "Sub", "Mul", "Maximum", "Minimum", "SquaredDifference"]
REDUCTIONS = ["Sum", "Mean", "Max", "Min"]
GROWING = {"Exp", "Square", "Mul", "SquaredDifference", "Sum", "MatMul", "Conv2D", "DepthwiseConv2dNative", "Rsqrt",
           "Reciprocal", "AddN", "BatchMatMulV2", "Cumsum"}


LARGEST = 4000  # elements of a value


class Maker:
    """Adds one random node after the other to `nodes`."""

    def __init__(self, nodes, seed, source):
        self.rng = np.random.RandomState(seed)
        self.nodes = nodes
        self.source = source  # array -> Output: a feed or a constant
        self.values = []      # (Output, shape)

    def pick(self, items):
        return items[self.rng.randint(len(items))]

    def any(self, least_rank=0):
        chosen = [value for value in self.values if len(value[1]) >= least_rank]
        return self.pick(chosen) if chosen else self.fresh(self.shape(max(least_rank, 1)))

    def shape(self, rank=None):
        rank = self.rng.randint(1, 5) if rank is None else rank
        shape = [int(self.pick([1, 2, 3, 4, 5, 8, 17])) for _ in range(rank)]
        while np.prod(shape) > LARGEST:
            shape[int(np.argmax(shape))] = 2
        return tuple(shape)

    def array(self, shape):
        return (self.rng.randint(-16, 17, shape) / 8).astype(np.float32)

    def fresh(self, shape):
        value = self.source(self.array(shape)), tuple(shape)
        self.values.append(value)
        return value

    def constant(self, shape):
        return self.nodes.const(Tensor("float", self.array(shape)))

    def ints(self, values):
        return self.nodes.const(np.int32(values))

    def add(self, op, inputs, shape, **attributes):
        if np.prod(shape) > LARGEST:
            return
        output = self.nodes(op, inputs, **attributes)[0]
        if op in GROWING:
            output = self.nodes("Tanh", [output])[0]
        self.values.append((output, tuple(int(size) for size in shape)))

    # One method a kind of op; each adds a node.

    def unary(self):
        op = self.pick(UNARY)
        x, shape = self.any(1 if "Softmax" in op else 0)
        self.add(op, [x], shape)

    def positive(self):
        x, shape = self.any()
        away = self.nodes("AddV2", [self.nodes("Abs", [x])[0], self.nodes.const(np.float32(0.5))])[0]
        self.add(self.pick(POSITIVE), [away], shape)

    def binary(self):
        x, shape = self.any()
        fitting = [value for value in self.values if self.broadcast(shape, value[1]) is not None]
        y, other = self.pick(fitting) if self.rng.rand() < 0.6 else (None, None)
        if y is None:
            other = tuple(size if self.rng.rand() < 0.6 else 1 for size in shape[self.rng.randint(len(shape) + 1):])
            y = self.constant(other)
        self.add(self.pick(BINARY), [x, y], self.broadcast(shape, other))

    @staticmethod
    def broadcast(a, b):
        try:
            out = np.broadcast_shapes(a, b)
        except ValueError:
            return None
        return out if np.prod(out) <= LARGEST else None

    def select(self):
        x, shape = self.any()
        mask = self.nodes.const(Tensor("bool", self.rng.rand(*shape) < 0.5))
        self.add("SelectV2", [mask, x, self.constant(shape)], shape)

    def reduce(self):
        x, shape = self.any(1)
        axes = sorted({int(self.rng.randint(len(shape))) for _ in range(self.rng.randint(1, 3))})
        keep = bool(self.rng.randint(2))
        out = [1 if i in axes else size for i, size in enumerate(shape) if keep or i not in axes]
        self.add(self.pick(REDUCTIONS), [x, self.ints(axes)], out, keep_dims=keep)

    def cumsum(self):
        x, shape = self.any(1)
        self.add("Cumsum", [x, self.ints(int(self.rng.randint(len(shape))))], shape,
                 exclusive=bool(self.rng.randint(2)), reverse=bool(self.rng.randint(2)))

    def transpose(self):
        x, shape = self.any(2)
        order = self.rng.permutation(len(shape))
        self.add("Transpose", [x, self.ints(order)], [shape[i] for i in order])

    def reshape(self):
        x, shape = self.any(1)
        total = int(np.prod(shape))
        first = self.pick([i for i in range(1, total + 1) if total % i == 0])
        out = self.pick([[total], [first, total // first], [1, first, total // first]])
        self.add("Reshape", [x, self.ints(out)], out)

    def expand(self):
        x, shape = self.any()
        if len(shape) > 4:
            return
        axis = int(self.rng.randint(len(shape) + 1))
        self.add("ExpandDims", [x, self.ints(axis)], [*shape[:axis], 1, *shape[axis:]])

    def slice(self):
        x, shape = self.any(1)
        begin = [int(self.rng.randint(size)) for size in shape]
        size = [int(self.rng.randint(1, total - first + 1)) for first, total in zip(begin, shape)]
        self.add("Slice", [x, self.ints(begin), self.ints(size)], size)

    def strided(self):
        x, shape = self.any(1)
        step = [int(self.pick([1, 1, 2, -1])) for _ in shape]
        limits = [(0, size) if s > 0 else (size - 1, -size - 1) for s, size in zip(step, shape)]
        self.add("StridedSlice", [x, self.ints([a for a, _ in limits]), self.ints([b for _, b in limits]),
                                  self.ints(step)], [-(-size // abs(s)) for s, size in zip(step, shape)])

    def pad(self):
        x, shape = self.any(1)
        pads = self.rng.randint(0, 3, (len(shape), 2))
        out = [size + int(sum(pad)) for size, pad in zip(shape, pads)]
        self.add("PadV2", [x, self.ints(pads), self.nodes.const(np.float32(0.25))], out)

    def concat(self):
        x, shape = self.any(1)
        axis = int(self.rng.randint(len(shape)))
        other = [int(self.rng.randint(1, 4)) if i == axis else size for i, size in enumerate(shape)]
        same = [value for value in self.values if value[1] == shape]
        parts = [x, self.constant(other), self.pick(same)[0]]
        out = [2 * size + other[axis] if i == axis else size for i, size in enumerate(shape)]
        self.add("ConcatV2", [tuple(parts), self.ints(axis)], out)

    def gather(self):
        x, shape = self.any(1)
        axis = int(self.rng.randint(len(shape)))
        indices = self.rng.randint(0, shape[axis], self.shape(1))
        self.add("GatherV2", [x, self.ints(indices), self.ints(axis)], [*shape[:axis], *indices.shape, *shape[axis + 1:]])

    def tile(self):
        x, shape = self.any(1)
        times = [int(self.rng.randint(1, 3)) for _ in shape]
        out = [size * n for size, n in zip(shape, times)]
        self.add("Tile", [x, self.ints(times)], out)

    def add_n(self):
        x, shape = self.any()
        same = [value[0] for value in self.values if value[1] == shape]
        self.add("AddN", [tuple(self.pick(same) for _ in range(3))], shape)

    def matmul(self):
        x, shape = self.any(2)
        rows, inner = shape[-2:]
        if len(shape) > 2:
            columns = int(self.pick([1, 3, 16]))
            self.add("BatchMatMulV2", [x, self.constant((*shape[:-2], inner, columns))], [*shape[:-1], columns])
            return
        columns, turned = int(self.pick([1, 5, 16, 33])), bool(self.rng.randint(2))
        self.add("MatMul", [x, self.constant((columns, inner) if turned else (inner, columns))], (rows, columns),
                 transpose_b=turned)

    def convolve(self):
        images = [value for value in self.values if len(value[1]) == 4]
        x, shape = self.pick(images) if images else self.fresh((1, 5, 6, self.pick([1, 3, 8])))
        window, stride = self.pick([1, 2, 3]), self.pick([1, 2])
        filters = int(self.pick([1, 4, 17]))
        out = [shape[0], *[-(-size // stride) for size in shape[1:3]]]
        depthwise = self.rng.rand() < 0.3
        kind = "DepthwiseConv2dNative" if depthwise else "Conv2D"
        last = 1 if depthwise else filters
        channels = shape[3] if depthwise else filters
        self.add(kind, [x, self.constant((window, window, shape[3], last))], [*out, channels],
                 strides=[1, stride, stride, 1], padding="SAME")

    def pool(self):
        images = [value for value in self.values if len(value[1]) == 4]
        if images:
            x, shape = self.pick(images)
            stride = self.pick([1, 2])
            self.add(self.pick(["MaxPool", "AvgPool"]), [x],
                     [shape[0], *[-(-size // stride) for size in shape[1:3]], shape[3]],
                     ksize=[1, 2, 2, 1], strides=[1, stride, stride, 1], padding="SAME")

    KINDS = ["unary"] * 5 + ["binary"] * 5 + ["positive", "select", "reduce", "reduce", "cumsum", "transpose", "reshape",
                                               "expand", "slice", "strided", "pad", "concat", "gather", "tile", "add_n",
                                               "matmul", "matmul", "convolve", "pool"]

    def run(self):
        for _ in range(self.rng.randint(1, 4)):
            self.fresh(self.shape())
        for _ in range(self.rng.randint(5, 41)):
            getattr(self, self.pick(self.KINDS))()


class RandomGraph:
    """The graph of a seed; all inputs constant, or fed."""

    def __init__(self, signatures, seed, constant):
        nodes = Nodes(signatures, f"g{seed}", [])
        self.feeds = {}

        def source(array):
            if constant:
                return nodes.const(Tensor("float", array))
            output, = nodes("Placeholder", shape=array.shape, more={"dtype": "float"})
            self.feeds[output.name] = array
            return output
        maker = Maker(nodes, seed, source)
        maker.run()
        self.text = nodes.text
        used = maker.values[-3:]
        # What the graph is for: the last values. Fetching all keeps each from being fused away.
        self.outputs = [output.name for output, _ in used]
        self.all = [output.name for output, _ in maker.values]
        self.shapes = {output.name: shape for output, shape in maker.values}
