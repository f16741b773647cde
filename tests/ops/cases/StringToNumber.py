"""StringToNumber: the numbers that strings write."""
import numpy as np
from kit.elementwise import Tensor


def cases(op):
    texts = ["0", "12", "-7", "+5", " 3 ", "2147483647", "007"]
    for kind in ["float", "double", "int32", "int64"]:
        op([np.array(texts)], Tensor(kind, [float(text) for text in texts]), out_type=kind)
    floats = ["1.5", "-2e3", ".25", "inf", "-inf", "nan", "1e-30", "0.1", "3.4028235e38", "-0"]
    for kind in ["float", "double"]:
        op([np.array(floats)], Tensor(kind, [float(text) for text in floats]), out_type=kind, rtol=0, atol=0)
    ends = [2**63 - 1, -(2**63)]
    op([np.array([str(end) for end in ends])], Tensor("int64", ends), out_type="int64")
    op([np.array(["4294967295"])], Tensor("uint32", [2**32 - 1]), out_type="uint32")
    op([np.array(["18446744073709551615"])], Tensor("uint64", [2**64 - 1]), out_type="uint64")
    for shape in [(), (0, 3), (2, 1, 2, 1, 2, 1, 2, 1)]:
        op([np.full(shape, "1.5")], Tensor("float", np.full(shape, 1.5)))
    for text, kind in [("", "float"), ("1.5", "int32"), ("a", "double"), ("1 2", "float"), ("2147483648", "int32"),
                       ("12x", "int64"), ("9223372036854775808", "int64")]:
        op([np.array(["1", text])], error="StringToNumber", out_type=kind)
