"""Calls of functions."""
import numpy as np

from kit.values import Tensor, sample


def calls(op):
    def build(nodes, x, y):
        def function(body, a, b):
            return [body("AddV2", [a, b])[0], a, body("Shape", [b])[0]]
        kinds = [x.dtype, y.dtype]
        return nodes(op.op, [(x, y)], Tout=kinds + ["int32"], f=nodes.function("f", kinds, function))

    def check(x):
        y = sample(x.dtype, x.shape, seed=1)
        op.graph(build, [x, y], [Tensor(x.dtype, x.wide + y.wide), x, Tensor("int32", x.shape)])
    for dtype in ["float", "double", "half", "int32", "int64", "complex64"]:
        check(sample(dtype, (2, 3)))
    for shape in [(), (0, 3), (2, 1, 2, 1, 2, 1, 2, 1), (1003,)]:
        check(sample("float", shape))

    def chain(nodes, x):
        """A function that calls another one twice."""
        def square(body, a):
            return body("Mul", [a, a])

        def fourth(body, a):
            inner = body.function("square", [a.dtype], square)
            for _ in range(2):
                a, = body(op.op, [(a,)], Tout=[a.dtype], f=inner)
            return [a]
        return nodes(op.op, [(x,)], Tout=[x.dtype], f=nodes.function("fourth", [x.dtype], fourth))
    op.graph(chain, [np.float32([1, -2, 3])], np.float32([1, 16, 81]))

    def constant(nodes):
        return nodes(op.op, [()], Tin=[], Tout=["float"],
                     f=nodes.function("f", [], lambda body: [body.const(np.float32([1, 2]))]))
    op.graph(constant, [], np.float32([1, 2]))
