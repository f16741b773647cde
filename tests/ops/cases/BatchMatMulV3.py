"""BatchMatMulV3: products of matrices; the result can be of a wider type."""
from kit.elementwise import COMPLEX, FLOATS, Tensor, sample
from kit.products import batch_products


class WithResult:
    """The collector, saying that the result is of the inputs' type."""

    def __init__(self, op):
        self.op = op

    def __call__(self, inputs, expected=None, **arguments):
        self.op(inputs, expected, Tout=inputs[0].dtype, **arguments)


def cases(op):
    batch_products(WithResult(op), FLOATS + ["int16", "int32", "int64"] + COMPLEX)
    for left, right in [("int8", "int8"), ("uint8", "int8"), ("uint8", "uint8")]:
        x, y = Tensor(left, [[100, 127], [3, -4 if left == "int8" else 255]]), sample(right, (2, 3), low=1)
        op([x, y], lambda a, b: a.astype("int32") @ b.astype("int32"), dtype="int32", Tout="int32")
