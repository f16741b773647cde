"""PlaceholderWithDefault: its input, if nothing is fed."""
from kit.movement import FEW, sample


def cases(op):
    for dtype in FEW:
        op([sample(dtype, (3, 5))], lambda x: x, shape=[3, 5])
    for shape in [(), (0, 4), (2, 1, 3, 1, 2, 1, 2, 1), (1003,)]:
        op([sample("float", shape)], lambda x: x, shape=shape)
