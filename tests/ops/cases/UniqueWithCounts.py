"""UniqueWithCounts: the different elements in the order in which they come, which each is, and how many there are."""
from kit.elementwise import SIGNED, UNSIGNED, Tensor, sample
from kit.sets import different


def cases(op):
    def check(tensor, kind="int32"):
        y, index, count = different(tensor.data)
        op([tensor], [Tensor(tensor.dtype, y), Tensor(kind, index), Tensor(kind, count)], out_idx=kind)
    for dtype in ["float", "double", "half"] + SIGNED + UNSIGNED + ["bool", "string"]:
        check(sample(dtype, (20,)))
    for size in [0, 1, 1003]:
        check(sample("int32", (size,)), "int64")
    op([sample("int32", (2, 3))], [None, None, None], error="rank 1")
