"""Bitcast: the bits of elements as elements of another type; more or fewer of them if their sizes differ."""
import numpy as np
from kit.movement import Tensor, sample
from kit.values import DTYPES

WIDTHS = [["int8", "uint8"], ["half", "bfloat16", "int16", "uint16"], ["float", "int32", "uint32"],
          ["double", "int64", "uint64", "complex64"], ["complex128"]]


def cases(op):
    def check(source, to, shape):
        x = sample(source, shape)
        if np.dtype(DTYPES[source]).itemsize < np.dtype(DTYPES[to]).itemsize:
            expected = x.data.view(DTYPES[to])[..., 0]
        else:
            wide = np.ascontiguousarray(x.data)[..., None] if x.data.ndim else x.data.reshape(1)
            expected = wide.view(DTYPES[to])
            expected = expected if expected.shape[-1] > 1 else expected.reshape(shape)
        result = Tensor("float", 0)
        result.dtype, result.data = to, expected
        op([x], result, type=to, rtol=0, atol=0)
    for same in WIDTHS[:4]:
        for source in same:
            for to in [to for to in same[-2:] if to != source]:
                check(source, to, (2, 3))
    for wide, narrow in [("float", "uint8"), ("double", "int32"), ("int32", "uint16"), ("complex128", "double")]:
        ratio = np.dtype(DTYPES[wide]).itemsize // np.dtype(DTYPES[narrow]).itemsize
        for shape in [(2, 3), (), (0, 2), (2, 1, 2, 1, 2, 1, 2)]:
            check(wide, narrow, shape)
            check(narrow, wide, shape + (ratio,))
    op([sample("uint8", (2, 3))], error="last dimension", type="float")
