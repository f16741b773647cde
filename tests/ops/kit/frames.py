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


def referred(op):
    """A variable that comes to each of some turns, and x that it is added to."""
    def build(nodes, limit, x):
        frame = f"{nodes.prefix}_frame"

        def enter(value, kind="Enter"):
            return nodes(kind, [value], frame_name=frame)[0]
        bound = nodes("Enter", [limit], frame_name=frame, is_constant=True)[0]
        first = [enter(nodes.const(np.int32(0))), enter(x), enter(nodes.variable(y, "VariableV2"), "RefEnter")]
        merged = [nodes("RefMerge" if i == 2 else "Merge", [(start, nodes.later(f"next{i}", start.dtype))])[0]
                  for i, start in enumerate(first)]
        again, = nodes("LoopCond", nodes("Less", [merged[0], bound]))
        switched = [nodes("RefSwitch" if i == 2 else "Switch", [value, again]) for i, value in enumerate(merged)]
        i, total, held = [true for _, true in switched]
        nodes("NextIteration", nodes("AddV2", [i, nodes("OnesLike", [i])[0]]), name="next0")
        nodes("NextIteration", nodes("AddV2", [total, held]), name="next1")
        nodes("RefNextIteration", [held], name="next2")
        exits = [nodes("RefExit" if i == 2 else "Exit", [false])[0] for i, (false, _) in enumerate(switched)]
        return [exits[1], nodes("Identity", [exits[2]])[0]]
    x, y = sample("float", (3,)), sample("float", (3,), seed=1)
    for count in [0, 1, 4]:
        op.graph(build, [np.int32(count), x], [Tensor("float", x.wide + count * y.wide), y])
