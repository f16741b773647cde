"""MaxPoolV2: MaxPool with its window as inputs."""
import numpy as np
from kit.elementwise import FLOATS, Tensor, sample
from kit.windows import POOLS, Layout, pool_max, swap


def cases(op):
    def check(dtype, case, first):
        shape, window, strides, padding = case
        layout = Layout(4, first)
        x = sample(dtype, (2, *shape))
        op([Tensor(dtype, swap(x.wide, first)), np.int32(layout.whole(window)), np.int32(layout.whole(strides))],
           swap(pool_max(x.wide, window, strides, padding), first), fed=[0], padding=padding, data_format=layout.name)
    for first in [False, True]:
        for dtype in FLOATS + ["int8", "int32", "int64", "uint8"]:
            check(dtype, POOLS[0], first)
        for case in POOLS[1:4]:
            check("float", case, first)
