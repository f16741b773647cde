"""BatchMatMulV2: products of matrices, over batches that broadcast."""
from kit.elementwise import COMPLEX, FLOATS
from kit.products import batch_products, of_unknown_shapes


def cases(op):
    batch_products(op, FLOATS + ["int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"] + COMPLEX)
    of_unknown_shapes(op)
