"""ReverseSequence: in each slice of a batch, the first elements along another dimension from back to front."""
import numpy as np
from kit.movement import FEW, Tensor, both, sample


def cases(op):
    def check(dtype, shape, lengths, sequence, batch=0, kind="int64", run=op):
        def expected(x, lengths):
            x = np.moveaxis(x, [batch, sequence], [0, 1]).copy()
            for row, length in zip(x, lengths):
                row[:length] = row[:length][::-1].copy()
            return np.moveaxis(x, [0, 1], [batch, sequence])
        run([sample(dtype, shape), Tensor(kind, lengths)], expected, seq_dim=sequence, batch_dim=batch)
    for dtype in FEW:
        check(dtype, (3, 5), [0, 5, 3], 1)
    for shape, lengths, sequence, batch in [((5, 3), [1, 4, 2], 0, 1), ((2, 4, 3), [3, 2], 1, 0),
                                            ((4, 3, 2), [3, 2], 0, 2), ((0, 5), [], 1, 0),
                                            ((3, 0), [0, 0, 0], 1, 0), ((1, 70), [33], 1, 0),
                                            ((2, 1, 3, 1, 2, 1, 2, 1), [2, 3], 2, 4)]:
        for kind in ["int32", "int64"]:
            check("float", shape, lengths, sequence, batch, kind, lambda *given, **more: both(op, *given, **more))
    given = sample("float", (2, 3))
    both(op, [given, np.int64([4, 0])], error="length", seq_dim=1)
    both(op, [given, np.int64([-1, 0])], error="length", seq_dim=1)
    both(op, [given, np.int64([1])], error="ReverseSequence", seq_dim=1)
    both(op, [given, np.int64([1, 1])], error="ReverseSequence", seq_dim=0, batch_dim=0)
    both(op, [given, np.int64([1, 1])], error="[-2, 2)", seq_dim=2, batch_dim=0)
