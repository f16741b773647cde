"""Unique: the different elements in the order in which they come, and which of them each element is."""
from kit.elementwise import FLOATS, NAN, SIGNED, UNSIGNED, Tensor, sample
from kit.sets import different


def cases(op):
    def check(tensor, kind="int32"):
        y, index, _ = different(tensor.data)
        y = Tensor(tensor.dtype, y) if tensor.dtype != "bfloat16" else None
        op([tensor], [y, Tensor(kind, index)], out_idx=kind)
    for dtype in FLOATS + SIGNED + UNSIGNED + ["bool", "string"]:
        check(sample(dtype, (20,)))
    for size in [0, 1, 1003]:
        check(sample("int32", (size,)), "int64")
    op([Tensor("float", [NAN, 1, NAN, 0.0, -0.0])],
       [Tensor("float", [NAN, 1, NAN, 0]), Tensor("int32", [0, 1, 2, 3, 3])])
    op([Tensor("bfloat16", [2, 1, 2])], [Tensor("bfloat16", [2, 1]), Tensor("int32", [0, 1, 0])])
    op([sample("int32", (2, 3))], [None, None], error="rank 1")
