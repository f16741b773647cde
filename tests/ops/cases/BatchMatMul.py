"""BatchMatMul: products of matrices, batch by batch."""
from kit.elementwise import COMPLEX, FLOATS
from kit.products import batch_products


def cases(op):
    batch_products(op, FLOATS + ["int32", "int64"] + COMPLEX, broadcasts=False)
