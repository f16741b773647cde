"""IdentityN: the inputs, which may be of several types."""
from kit.movement import ANY, sample


def cases(op):
    op([tuple(sample(dtype, (2, 3)) for dtype in ANY)], [sample(dtype, (2, 3)) for dtype in ANY])
    shapes = [(), (0, 2), (2, 1, 3, 1, 2), (1003,)]
    op([tuple(sample("float", shape) for shape in shapes)], [sample("float", shape) for shape in shapes])
    op([(sample("int32", (3,)),)], sample("int32", (3,)))
