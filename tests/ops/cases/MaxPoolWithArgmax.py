"""MaxPoolWithArgmax: the maximum in a window and where it stands, the first of equal ones."""
import numpy as np
from kit.elementwise import FLOATS, SIGNED, UNSIGNED, Tensor, precise, sample
from kit.windows import POOLS, Window


def cases(op):
    def check(dtype, case, kind="int64", batch=False):
        shape, window, strides, padding = case
        x = sample(dtype, (2, *shape))
        places = np.arange(x.data.size).reshape(x.shape)
        if not batch:
            places = places % (places.size // 2)
        over = Window(shape[:-1], window, strides, padding)
        covered = over.covered(precise(x.wide).astype(float), -np.inf)
        best = covered.argmax(0)[None]
        op([x], [Tensor(dtype, np.take_along_axis(covered, best, 0)[0]),
                 Tensor(kind, np.take_along_axis(over.covered(places, -1), best, 0)[0])],
           ksize=[1, *window, 1], strides=[1, *strides, 1], padding=padding, Targmax=kind, include_batch_in_index=batch)
    for dtype in FLOATS + SIGNED + UNSIGNED:
        check(dtype, POOLS[0])
    for case in POOLS:
        check("float", case, "int32")
        check("float", case, batch=True)
