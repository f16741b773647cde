"""AsString: numbers and bools as text, as C's printf writes them."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, INF, NAN, SIGNED, UNSIGNED, Tensor, highest, lowest, sample


def cases(op):
    def check(tensor, form, **given):
        def text(x):
            if tensor.dtype == "bool":
                return str(bool(x)).lower()
            return f"({form % x.real},{form % x.imag})" if tensor.dtype in COMPLEX else form % x
        texts = [text(x) for x in tensor.wide.ravel()]
        op([tensor], Tensor("string", np.reshape(np.array(texts, object), tensor.shape)), **given)
    for dtype in SIGNED + UNSIGNED:
        check(sample(dtype, (3, 2)), "%d")
        # printf has no + of unsigned numbers.
        form = "%12d" if dtype in UNSIGNED else "%+12d"
        check(Tensor(dtype, [lowest(dtype), highest(dtype)]), form, width=12, fill="+")
    for dtype in FLOATS + COMPLEX:
        check(sample(dtype, (3, 2)), "%f")
        check(sample(dtype, (3, 2)), "%.2e", precision=2, scientific=True)
    check(sample("bool", (4,)), "")
    special = Tensor("double", [NAN, INF, -INF, -0.0, 1e300, 1e-5, 123456789.125, 0.1])
    for form, given in [("%f", {}), ("%e", {"scientific": True}), ("%g", {"shortest": True}),
                        ("%.3f", {"precision": 3}), ("%12.1f", {"precision": 1, "width": 12}),
                        ("%-9.0f", {"precision": 0, "width": 9, "fill": "-"})]:
        check(special, form, **given)
    check(Tensor("double", special.wide[3:]), "%012.3g", precision=3, width=12, fill="0", shortest=True)
    for shape in [(), (0, 3), (2, 1, 2, 1, 2, 1, 2, 1)]:
        check(sample("float", shape), "%f")
    op([np.array(["a", ""])], np.array(["    a", "     "]), width=5)
    op([np.float32(1)], error="scientific", scientific=True, shortest=True)
    op([np.int32(1)], error="precision", precision=2)
    op([np.int32(1)], error="fill", fill="x")
