"""EnsureShape: the input, if it has a shape; -1 stands for any size."""
from kit.movement import passes, sample


def cases(op):
    passes(op, shape=None)
    for shape, wanted in [((), ()), ((2, 3), (2, 3)), ((2, 3), (-1, 3)), ((2, 3), (-1, -1)), ((0, 3), (0, -1))]:
        op([sample("float", shape)], lambda x: x, shape=wanted)
    for wanted in [(), (2,), (2, 4), (-1, 2), (2, 3, 1)]:
        op([sample("float", (2, 3))], error="expects a", shape=wanted)
