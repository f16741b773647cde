"""Equal: x == y; NaN equals nothing. Shapes that do not broadcast can be a value."""
import numpy as np
from kit.comparisons import compare
from kit.elementwise import COMPLEX, sample


def cases(op):
    compare(op, np.equal, more=["bool"] + COMPLEX)
    op([np.complex64([1 + 2j, 1]), np.complex64([1 + 2j, 1j])], np.bool_([True, False]))
    op([sample("float", (2, 3)), sample("float", (2,))], np.bool_(False), incompatible_shape_error=False)
    op([sample("int32", (2, 3)), sample("int32", (3,))], np.equal, incompatible_shape_error=False)
    op([np.array(["a", "", "bc"]), np.array(["a", "x", "b"])], np.bool_([True, False, False]))
