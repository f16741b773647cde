"""What functions from complex to real numbers have in common."""
from kit.elementwise import double, sample


def parts(op, function):
    for dtype, out in [("complex64", "float"), ("complex128", "double")]:
        for shape in [(3, 5), (), (0, 2), (2, 1, 2, 1, 3), (257,)]:
            op([sample(dtype, shape)], double(function), dtype=out, Tout=out)
