"""DynamicPartition: rows dealt out by their numbers."""
import numpy as np
from kit.movement import FEW, Tensor, sample


def cases(op):
    def check(tensor, numbers, count):
        numbers = np.reshape(np.int32(numbers), np.shape(numbers))
        op([tensor, numbers], [Tensor(tensor.dtype, tensor.wide[numbers == i]) for i in range(count)],
           num_partitions=count)
    for dtype in FEW:
        check(sample(dtype, (5, 2)), [2, 0, 0, 2, 1], 3)
    for shape, numbers, count in [((4,), [0, 0, 0, 0], 1), ((4,), [3, 1, 3, 1], 5), ((0, 2), [], 2),
                                  ((2, 0), [1, 0], 2),
                                  ((2, 3), [[0, 1, 0], [1, 1, 0]], 2), ((2, 2, 3), [[1, 0], [0, 0]], 2),
                                  ((2, 3), [1, 1], 2),
                                  ((3, 1, 2, 1, 2, 1, 2, 1), [1, 0, 1], 2), ((1003,), np.arange(1003) % 3, 3)]:
        check(sample("float", shape), numbers, count)
    op([np.float32(3), np.int32(1)], [Tensor("float", []), np.float32([3])], num_partitions=2)
    for bad in [2, -1]:
        op([sample("float", (2,)), np.int32([0, bad])], [None, None], error=f"{bad}", num_partitions=2)
    op([sample("float", (2,)), np.int32([0, 1, 0])], [None, None], error="first dimensions", num_partitions=2)
