"""What loops have in common: a counter, and values that each turn makes anew."""
import numpy as np

from kit.values import Tensor, sample


def loops(op):
    def build(nodes, start, limit, x, y):
        kinds = [start.dtype, limit.dtype, x.dtype, y.dtype]

        def less(body, i, n, a, b):
            return body("Less", [i, n])

        def turn(body, i, n, a, b):
            # Fibonacci's step, so that values change places.
            return [body("AddV2", [i, body.const(np.int32(1))])[0], n, b, body("AddV2", [a, b])[0]]
        return nodes(op.op, [(start, limit, x, y)], cond=nodes.function("cond", kinds, less),
                     body=nodes.function("body", kinds, turn))

    def check(x, turns, fed=None):
        y = sample(x.dtype, x.shape, seed=1)
        a, b = x.wide, y.wide
        for _ in range(turns):
            a, b = b, a + b
        op.graph(build, [np.int32(0), np.int32(turns), x, y],
                 [Tensor("int32", max(turns, 0)), Tensor("int32", turns), Tensor(x.dtype, a), Tensor(x.dtype, b)],
                 fed=fed)
    for turns in [0, 1, 2, 7, -3]:
        check(sample("float", (2, 3)), turns)
        check(sample("int32", ()), turns, fed=[2, 3])
    for dtype in ["double", "half", "int64", "uint8", "complex64"]:
        check(sample(dtype, (3,)), 3)
    for shape in [(0, 3), (2, 1, 2, 1, 2, 1, 2, 1), (1003,)]:
        check(sample("float", shape), 4)

    def grows(nodes, x, limit):
        """Of a shape that each turn changes."""
        def small(body, a, n):
            size, = body("Size", [a])
            return body("Less", [size, n])

        def twice(body, a, n):
            return [body("ConcatV2", [(a, a), body.const(np.int32(0))])[0], n]
        kinds = [x.dtype, limit.dtype]
        return nodes(op.op, [(x, limit)], cond=nodes.function("cond", kinds, small),
                     body=nodes.function("body", kinds, twice), output_shapes=[[-1], []])
    for limit in [1, 20]:
        x = sample("float", (3,)).wide
        whole = np.tile(x, 8) if limit == 20 else x
        op.graph(grows, [x, np.int32(limit)], [Tensor("float", whole), None])

    def nested(nodes, x):
        """x doubled 3 times in each of 2 turns."""
        def count_to(limit):
            return lambda body, i, a: body("Less", [i, body.const(np.int32(limit))])

        def double(body, i, a):
            return [body("AddV2", [i, body.const(np.int32(1))])[0], body("AddV2", [a, a])[0]]

        def outer(body, i, a):
            kinds = [i.dtype, a.dtype]
            _, a = body(op.op, [(body.const(np.int32(0)), a)], cond=body.function("cond", kinds, count_to(3)),
                        body=body.function("body", kinds, double))
            return [body("AddV2", [i, body.const(np.int32(1))])[0], a]
        kinds = ["int32", x.dtype]
        return nodes(op.op, [(nodes.const(np.int32(0)), x)], cond=nodes.function("cond", kinds, count_to(2)),
                     body=nodes.function("body", kinds, outer))[1:]
    op.graph(nested, [np.float32([1, -2])], np.float32([64, -128]))
