"""Graphs around stacks, whose ops control edges put in order."""
import numpy as np

from kit.frames import counted
from kit.values import Tensor, sample

KINDS = ["float", "double", "half", "int32", "int64", "bool"]
SHAPES = [(), (3,), (0,), (2, 3), (2, 1, 2, 1, 2, 1, 2)]


class Stack:
    """A stack of elements of one type; the older forms have no V2 in their names."""

    def __init__(self, nodes, op, dtype, size=-1, name="stack"):
        self.nodes, self.dtype, self.suffix = nodes, dtype, "V2" if op.endswith("V2") else ""
        limit = [nodes.const(np.int32(size))] if self.suffix else []
        self.handle, = nodes("Stack" + self.suffix, limit, name=name, elem_type=dtype)

    def of(self, handle):
        """The same stack by a handle that was given on."""
        other = Stack.__new__(Stack)
        other.nodes, other.dtype, other.suffix, other.handle = self.nodes, self.dtype, self.suffix, handle
        return other

    def push(self, value, name, after=()):
        return self.nodes("StackPush" + self.suffix, [self.handle, value], name=name, control=after)[0]

    def pop(self, name, after=()):
        return self.nodes("StackPop" + self.suffix, [self.handle], name=name, control=after, elem_type=self.dtype)[0]

    def close(self, after):
        self.nodes("StackClose" + self.suffix, [self.handle], name="close", control=after)


def stacked(op, close=False):
    """What is pushed last is popped first."""
    def build(nodes, x, y):
        stack = Stack(nodes, op.op, x.dtype)
        given = stack.push(x, "first")
        stack.push(y, "second", ["first"])
        top = stack.pop("third", ["second"])
        stack.push(top, "fourth", ["third"])
        again = stack.pop("fifth", ["fourth"])
        below = stack.pop("sixth", ["fifth"])
        if close:
            stack.close(["sixth"])
        return [nodes("Identity", [value], control=["close"] if close else [])[0]
                for value in (given, top, again, below)]

    def check(tensor):
        other = sample(tensor.dtype, tensor.shape, seed=1)
        op.graph(build, [tensor, other], [tensor, other, other, tensor])
    for dtype in KINDS:
        check(sample(dtype, (4, 2)))
    for shape in SHAPES:
        check(sample("float", shape))


def accumulated(op, turns=(0, 1, 4)):
    """As TF1's gradients do it: a loop that keeps the value of each turn, and one that takes them back."""
    def build(nodes, limit, x, y):
        stack = Stack(nodes, op.op, x.dtype)

        def forward(turn, fixed):
            kept = stack.of(fixed[1]).push(turn[0], "keep")
            more, = nodes("Mul", [turn[0], fixed[0]])
            # The push is held by a control edge alone.
            return [nodes("Identity", [more], control=["keep"])[0], kept][:1]
        count, last = counted(nodes, limit, [x], forward, "forward", [y, stack.handle])

        def backward(turn, fixed):
            return [nodes("AddV2", [nodes("Mul", [turn[0], fixed[0]])[0], stack.of(fixed[1]).pop("take")])[0]]
        return [last] + counted(nodes, count, [last], backward, "backward", [y, stack.handle])[1:]
    for count in turns:
        for x in [sample("float", (2, 3)), sample("int32", ())]:
            y = sample(x.dtype, x.shape, seed=1)
            kept, last = [], x.wide
            for _ in range(count):
                kept.append(last)
                last = last * y.wide
            total = last
            for value in reversed(kept):
                total = total * y.wide + value
            op.graph(build, [np.int32(count), x, y], [Tensor(x.dtype, last), Tensor(x.dtype, total)], rtol=1e-5,
                     fed=[0])


def emptied(op):
    """More is popped than pushed."""
    def build(nodes, x):
        stack = Stack(nodes, op.op, x.dtype)
        stack.push(x, "push")
        stack.pop("pop", ["push"])
        return [stack.pop("more", ["pop"])]
    op.graph(build, [sample("float", (2,))], error="more")


def within(op):
    """A stack of a loop's body, whose turns each begin with an empty one."""
    def build(nodes, limit, x):
        def less(body, i, n, a):
            return body("Less", [i, n])

        def turn(body, i, n, a):
            stack = Stack(body, op.op, a.dtype)
            stack.push(a, "first")
            stack.push(body("AddV2", [a, a])[0], "second", ["first"])
            double = stack.pop("third", ["second"])
            single = stack.pop("fourth", ["third"])
            # What is popped does not say its shape before the loop has one.
            total, = body("EnsureShape", body("AddV2", [double, single]), shape=(2,))
            return [body("AddV2", [i, body.const(np.int32(1))])[0], n, total]
        kinds = [limit.dtype, limit.dtype, x.dtype]
        return nodes("While", [(nodes.const(np.int32(0)), limit, x)], cond=nodes.function("cond", kinds, less),
                     body=nodes.function("body", kinds, turn))[2:]
    op.graph(build, [np.int32(3), np.float32([1, 2])], Tensor("float", [27, 54]), fed=[0])
