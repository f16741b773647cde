"""AccumulateNV2: the sum of tensors of one shape, which an attribute says."""
from kit.elementwise import FLOATS, SIGNED, sample


def cases(op):
    def check(dtype, shape, count, said):
        op([tuple(sample(dtype, shape, seed=seed) for seed in range(count))], lambda xs: sum(xs[1:], xs[0]),
           shape=said)
    for dtype in FLOATS + SIGNED + ["uint8", "complex64"]:
        check(dtype, (3, 4), 3, (3, 4))
    check("float", (), 2, ())
    check("float", (0, 2), 2, (0, 2))
    check("float", (2, 3), 2, (-1, 3))
    op([(sample("float", (2, 3)), sample("float", (3,)))], error="one shape", shape=None)
