"""TF1's control flow: nodes that pass tensors on or not."""
import numpy as np

from kit.values import Tensor, sample


def conditional(nodes, condition, x, then, otherwise):
    """(value, index of the input that was there): then(x) or otherwise(x)."""
    false, true = nodes("Switch", [x, condition])
    return nodes("Merge", [(otherwise(false), then(true))])


def loop(nodes, start, values, cond, body, frame="frame", invariants=(), **more):
    """Turns of `values` while cond(i, values); `invariants` come to each turn as they are. Gives the
    counter and the values at the end."""
    def enter(x, constant=False):
        return nodes("Enter", [x], frame_name=f"{nodes.prefix}_{frame}", is_constant=constant, **more)[0]
    first = [start] + list(values)
    fixed = [enter(x, True) for x in invariants]
    merged = [nodes("Merge", [(enter(x), nodes.later(f"{frame}_next{i}", x.dtype))])[0] for i, x in enumerate(first)]
    again, = nodes("LoopCond", [cond(merged[0], merged[1:], fixed)])
    exits, turns = [], []
    for value in merged:
        false, true = nodes("Switch", [value, again])
        exits += nodes("Exit", [false])
        turns += nodes("Identity", [true])
    for i, value in enumerate(body(turns[0], turns[1:], fixed)):
        nodes("NextIteration", [value], name=f"{frame}_next{i}")
    return exits


def counted(nodes, limit, values, step, frame="frame", invariants=(), **more):
    """`limit` turns of values = step(values, invariants)."""
    def cond(i, _, fixed):
        return nodes("Less", [i, fixed[0]])[0]

    def body(i, turn, fixed):
        # A constant within the frame comes after something of the frame.
        one, = nodes("OnesLike", [i])
        return [nodes("AddV2", [i, one])[0]] + step(turn, fixed[1:])
    return loop(nodes, nodes.const(np.int32(0)), values, cond, body, frame, (limit,) + tuple(invariants), **more)


def kinds(check):
    for dtype in ["float", "double", "half", "int32", "int64", "bool"]:
        check(sample(dtype, (2, 3)))
    for shape in [(), (0, 3), (2, 1, 2, 1, 2, 1, 2, 1), (1003,)]:
        check(sample("float", shape))


def turned(op, turns=(0, 1, 5)):
    """x, y = y, x some times, with x ever the same."""
    def build(nodes, limit, x, y):
        return counted(nodes, limit, [x, y], lambda turn, _: turn[::-1], parallel_iterations=10)

    def check(x):
        y = sample(x.dtype, x.shape, seed=1)
        for count in turns:
            op.graph(build, [np.int32(count), x, y], [Tensor("int32", count)] + ([x, y] if count % 2 == 0 else [y, x]))
    kinds(check)


def summed(op, turns=(0, 3)):
    """The sum of x times a value that comes to each turn as it is."""
    def build(nodes, limit, x, y):
        return counted(nodes, limit, [x], lambda turn, fixed: nodes("AddV2", [turn[0], fixed[0]]), invariants=[y])[1:]

    def check(x):
        y = sample(x.dtype, x.shape, seed=1)
        for count in turns:
            op.graph(build, [np.int32(count), x, y], Tensor(x.dtype, x.wide + count * y.wide))
    for dtype, shape in [("float", (2, 3)), ("int32", ()), ("double", (0,)), ("float", (1003,)), ("half", (4,))]:
        check(sample(dtype, shape))


def nested(op):
    """2 turns of 3 turns that double."""
    def build(nodes, x):
        three = nodes.const(np.int32(3))

        def outer(turn, fixed):
            zero = nodes("ZerosLike", [fixed[0]])[0]
            return loop(nodes, zero, turn, lambda i, _, inner: nodes("Less", [i, inner[0]])[0],
                        lambda i, values, inner: [nodes("AddV2", [i, nodes("OnesLike", [i])[0]])[0],
                                                  nodes("AddV2", [values[0], values[0]])[0]],
                        "inner", (fixed[0],))[1:]
        return counted(nodes, nodes.const(np.int32(2)), [x], outer, "outer", [three])[1:]
    op.graph(build, [np.float32([1, -2])], np.float32([64, -128]))
