"""Assert: an error unless its condition holds, also if only control edges lead to it."""
import numpy as np
from kit.movement import sample
from kit.values import Tensor


def guarded(op, **attributes):
    """What is fetched waits for the Assert, and does not use it."""
    def build(nodes, condition, x, *data):
        nodes(op.op, [condition, data or (x,)], name="check", **attributes)
        return nodes("Neg", [x], control=["check"])
    return build


def of_tf1(nodes, predicate, x):
    """What tf.Assert writes in graphs of TF1: a branch that runs the Assert if it is to fail."""
    off, on = nodes("Switch", [predicate, predicate])
    nodes("Identity", [on], name="on")
    nodes("NoOp", name="nothing", control=["on"])
    passed, = nodes("Identity", [on], control=["nothing"])
    nodes("Identity", [off], name="off")
    told, _ = nodes("Switch", [x, predicate])
    nodes("Assert", [off, (told,)], name="check", control=["off"])
    failed, = nodes("Identity", [off], control=["check"])
    nodes("Merge", [(failed, passed)], name="guard")
    return nodes("Neg", [x], control=["guard"])


def within_branch(nodes, predicate, x):
    """A branch of TF1 that computes what it asserts: that no number is negative."""
    off, on = nodes("Switch", [x, predicate])
    nodes("Identity", [on], name="taken")
    smallest, = nodes("Min", [on, nodes("Const", value=np.int32(0), control=["taken"], more={"dtype": "int32"})[0]])
    ok, = nodes("GreaterEqual", [smallest, nodes("Const", value=np.float32(0), control=["taken"],
                                                 more={"dtype": "float"})[0]])
    nodes("Assert", [ok, (on, smallest)], name="check")
    root, = nodes("Sqrt", [on], control=["check"])
    return nodes("Merge", [(nodes("Neg", [off])[0], root)])[:1]


def branch_of(predicate_decides):
    def build(nodes, predicate, ok, x):
        """A branch of TF1 that only control edges tie an Assert to; its condition is from outside."""
        off, on = nodes("Switch", [x, predicate])
        taken = on if predicate_decides else off
        nodes("Identity", [taken], name="taken")
        nodes("Assert", [ok, (x,)], name="check", control=["taken"])
        checked, = nodes("Identity", [taken], control=["check"])
        return nodes("Merge", [(off, checked) if predicate_decides else (checked, on)])[:1]
    return build


def of_function(nodes, condition, x):
    def check(body, ok, value):
        body("Assert", [ok, (value,)], name="check")
        return body("Identity", [value], control=["check"])
    function = nodes.function("f", ["bool", "float"], check)
    return nodes("StatefulPartitionedCall", [(condition, x)], Tout=["float"], f=function)


def of_branch(nodes, condition, x):
    """As TF2 writes it: a branch with the Assert, which only control edges lead to."""
    def passing(body, ok, value):
        return body("Identity", [ok])

    def failing(body, ok, value):
        body("Assert", [ok, (value,)], name="check")
        return body("Identity", [ok], control=["check"])
    branches = {"then_branch": nodes.function("pass", ["bool", "float"], passing),
                "else_branch": nodes.function("fail", ["bool", "float"], failing)}
    nodes("If", [condition, (condition, x)], name="guard", Tout=["bool"], **branches)
    return nodes("Neg", [x], control=["guard"])


def of_loop(nodes, count, x):
    """Fails in the iteration that finds a negative number."""
    def going(body, i, value):
        return body("Greater", [i, body.const(np.int32(0))])

    def step(body, i, value):
        ok, = body("GreaterEqual", [value, body.const(np.float32(0))])
        body("Assert", [ok, (i, value)], name="check")
        return [*body("Sub", [i, body.const(np.int32(1))], control=["check"]),
                *body("Sub", [value, body.const(np.float32(1))])]
    functions = {"cond": nodes.function("going", ["int32", "float"], going),
                 "body": nodes.function("step", ["int32", "float"], step)}
    return nodes("While", [(count, x)], **functions)[1:]


def cases(op):
    yes, no = np.bool_(True), np.bool_(False)
    x = sample("float", (2, 3))
    for build in [guarded(op), of_tf1, of_branch]:
        op.graph(build, [yes, x], lambda _, x: -x, dtype="float")
        op.graph(build, [no, x], error="assertion failed: [[")
    op.graph(of_function, [yes, x], lambda _, x: x, dtype="float")
    op.graph(of_function, [no, x], error="assertion failed: [[")
    op.graph(of_loop, [np.int32(3), np.float32(2)], lambda _, x: x - 3, dtype="float")
    op.graph(of_loop, [np.int32(3), np.float32(0.5)], error="assertion failed: [2] [-0.5]")
    negative = np.float32([4, -1])
    op.graph(within_branch, [yes, np.float32([4, 9])], np.float32([2, 3]), dtype="float")
    op.graph(within_branch, [no, negative], np.float32([-4, 1]), dtype="float")
    op.graph(within_branch, [yes, negative], error="assertion failed: [4 -1]")
    for decides in [True, False]:
        taken, other = (yes, no) if decides else (no, yes)
        op.graph(branch_of(decides), [taken, yes, negative], negative, dtype="float")
        op.graph(branch_of(decides), [other, no, negative], negative, dtype="float")
        op.graph(branch_of(decides), [taken, no, negative], error="assertion failed: [4 -1]")

    # What is not waited for is not asked.
    def beside(nodes, condition, x):
        nodes(op.op, [condition, (x,)])
        return nodes("Neg", [x])
    op.graph(beside, [no, x], lambda _, x: -x, dtype="float")

    # The text tells the inputs.
    text, many = Tensor("string", "x > 0"), np.arange(12, dtype=np.int64).reshape(3, 4)
    op.graph(guarded(op), [no, np.int32([1]), text, many], error="assertion failed: [x > 0] [[0 1 2...]...]")
    op.graph(guarded(op, summarize=5), [no, np.int32([1]), many, yes],
             error="assertion failed: [[0 1 2 3][4...]...] [1]")
    op.graph(guarded(op, summarize=-1), [no, np.int32([1]), np.float32([0.5, -1, 2, 3])],
             error="assertion failed: [0.5 -1 2 3]")
