"""Indexings of numpy as the arguments of StridedSlice."""
import numpy as np

from kit.values import Tensor

NEW = np.newaxis
# shape, indexing
INDEXINGS = [
    ((5,), np.s_[1:4]), ((5,), np.s_[::2]), ((5,), np.s_[::-1]), ((5,), np.s_[3:0:-2]), ((5,), np.s_[-3:]),
    ((5,), np.s_[:-6:-1]), ((5,), np.s_[4:2]), ((5,), np.s_[-9:9]), ((5,), np.s_[9:-9:-1]), ((5,), np.s_[2]),
    ((5,), np.s_[-5]), ((5,), np.s_[7:9]), ((0,), np.s_[::-1]), ((0, 3), np.s_[:, 1]), ((3, 4), np.s_[1, 2]),
    ((3, 4), np.s_[..., 1]), ((3, 4), np.s_[...]), ((3, 4), np.s_[NEW, 1:3]), ((3, 4), np.s_[..., NEW]),
    ((3, 4), np.s_[:, NEW, ::2]), ((3, 4), np.s_[-1, ..., NEW, 1:]), ((3, 4), np.s_[:2, ..., 3:0:-1]),
    ((2, 3, 4, 5), np.s_[1, ..., -2:]), ((2, 3, 4, 5), np.s_[..., 0, :]), ((2, 3, 4, 5), np.s_[:, ::2, NEW, 3, ::-3]),
    ((2, 1, 3, 2, 1, 2, 3, 2), np.s_[1, :, ::-1, ..., 1:, 0]), ((), np.s_[NEW, ...]), ((33, 65), np.s_[::3, 64:1:-7])]


def arguments(indexing, kind="int32"):
    """Begin, end and strides of an indexing, and the masks as attributes."""
    values, masks = [], dict.fromkeys(["begin", "end", "ellipsis", "new_axis", "shrink_axis"], 0)
    for i, item in enumerate(indexing if isinstance(indexing, tuple) else (indexing,)):
        begin, end, stride = 0, 0, 1
        if item is Ellipsis or item is NEW:
            masks["ellipsis" if item is Ellipsis else "new_axis"] |= 1 << i
        elif isinstance(item, slice):
            begin, end, stride = item.start or 0, item.stop or 0, item.step or 1
            masks["begin"] |= (item.start is None) << i
            masks["end"] |= (item.stop is None) << i
        else:
            begin, end = item, item + 1
            masks["shrink_axis"] |= 1 << i
        values.append((begin, end, stride))
    columns = np.reshape(values, (-1, 3)).T
    return [Tensor(kind, column) for column in columns], {name + "_mask": mask for name, mask in masks.items()}
