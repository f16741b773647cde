"""Cast: to another type; floats toward 0, what does not fit as x86 has it."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, sample
from kit.values import DTYPES

TYPES = FLOATS + SIGNED + UNSIGNED + COMPLEX + ["bool"]


def cases(op):
    def check(tensor, to, expected=None):
        op([tensor], Tensor(to, converted(tensor.wide, to) if expected is None else expected), DstT=to, rtol=0, atol=0)
    for source in TYPES:
        for to in TYPES:
            check(sample(source, (3, 5), low=0), to)
    for source in FLOATS:
        for to in SIGNED:
            check(sample(source, (3, 5), seed=2), to)
        check(Tensor(source, [0.0, -0.0, 0.5, NAN, INF]), "bool", [False, False, True, True, True])
    for source in ["float", "double"]:
        for to in ["int32", "int64"]:
            check(Tensor(source, [NAN, INF, -INF, 1e30, -1e30]), to, np.full(5, np.iinfo(to).min))
    check(Tensor("int32", [-1, 300, -129, 2**31 - 1]), "uint8", [255, 44, 127, 255])
    check(Tensor("int64", [-1, 2**40 + 5, -2**63]), "int32", [-1, 5, 0])
    check(Tensor("int32", [-1, -2**31]), "uint64", [2**64 - 1, 2**64 - 2**31])
    check(Tensor("uint64", [2**64 - 1, 2**63]), "double", [2.0**64, 2.0**63])
    check(Tensor("double", [1e300, -1e300, 1e-300, 0.1]), "float", [INF, -INF, 0, 0.1])
    check(Tensor("float", [65519, 65520, 1e-9, NAN]), "half", [65504, INF, 0, NAN])
    check(Tensor("float", [1.00390625, 1.01171875, -1.003907]), "bfloat16", [1, 1.015625, -1.0078125])
    check(Tensor("int64", [2**53 + 1, 2**24 + 1]), "float", [2**53, 2**24])
    for shape in [(), (0, 3), (2, 1, 2, 1, 2), (1003,)]:
        check(sample("int32", shape), "float")


def converted(x, to):
    if to == "bool":
        return x != 0
    return np.real(x) if x.dtype.kind == "c" and to not in COMPLEX else x.astype(np.float64) if to == "bfloat16" else \
        x.astype(DTYPES[to])
