"""What the ops have in common that call one of several functions."""
import numpy as np

from kit.values import Tensor, sample


def conditionals(op):
    def build(nodes, condition, x, y):
        def add(body, a, b):
            return [body("AddV2", [a, b])[0], b]

        def multiply(body, a, b):
            return [body("Mul", [a, b])[0], body("Neg", [b])[0]]
        kinds = [x.dtype, y.dtype]
        return nodes(op.op, [condition, (x, y)], Tout=kinds, then_branch=nodes.function("then", kinds, add),
                     else_branch=nodes.function("else", kinds, multiply))

    def check(condition, x, fed=None):
        y = sample(x.dtype, x.shape, seed=1)
        yes = condition.item() != 0
        sums = Tensor(x.dtype, x.wide + y.wide if yes else x.wide * y.wide)
        op.graph(build, [condition, x, y], [sums, Tensor(x.dtype, y.wide if yes else -y.wide)], fed=fed)
    for yes in [True, False]:
        for dtype in ["float", "double", "half", "int32", "int64", "complex64"]:
            check(np.bool_(yes), sample(dtype, (2, 3)))
        for shape in [(), (0, 3), (2, 1, 2, 1, 2, 1, 2, 1), (1003,)]:
            check(np.bool_(yes), sample("float", shape))
        check(np.bool_(yes), sample("float", (3,)), fed=[1, 2])
    # Whatever is not 0 is true.
    for condition in [np.int32(2), np.int32(0), np.float32(0.5), np.float32(-0.0)]:
        check(condition, sample("float", (3,)))

    def of_shapes(nodes, condition, x):
        def whole(body, a):
            return [a]

        def part(body, a):
            return body("StridedSlice", [a] + [body.const(np.int32([i])) for i in (1, 0, 1)], end_mask=1)
        return nodes(op.op, [condition, (x,)], Tout=[x.dtype], then_branch=nodes.function("then", [x.dtype], whole),
                     else_branch=nodes.function("else", [x.dtype], part))
    for yes in [True, False]:
        op.graph(of_shapes, [np.bool_(yes), sample("float", (4,))],
                 sample("float", (4,)) if yes else Tensor("float", sample("float", (4,)).wide[1:]))


def choices(op):
    def build(nodes, index, x, y):
        branches = [nodes.function(f"b{i}", [x.dtype] * 2, lambda body, a, b, name=name: body(name, [a, b]))
                    for i, name in enumerate(["AddV2", "Mul", "Sub"])]
        return nodes(op.op, [index, (x, y)], Tout=[x.dtype], branches=branches)

    def check(index, x, fed=None):
        y = sample(x.dtype, x.shape, seed=1)
        function = [np.add, np.multiply, np.subtract][index if 0 <= index < 3 else 2]
        op.graph(build, [np.int32(index), x, y], Tensor(x.dtype, function(x.wide, y.wide)), fed=fed)
    for index in [0, 1, 2, 3, -1, 2**31 - 1]:
        check(index, sample("float", (2, 3)))
        check(index, sample("int32", (4,)), fed=[1, 2])
    for dtype, shape in [("double", ()), ("half", (0, 3)), ("int64", (2, 1, 2, 1, 2, 1, 2, 1)), ("float", (1003,))]:
        check(1, sample(dtype, shape))
