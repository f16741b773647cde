"""StringJoin: strings one behind the other, element by element; scalars go with all elements."""
import numpy as np
from kit.movement import Tensor, sample


def cases(op):
    def check(*shapes, separator=""):
        parts = [sample("string", shape, seed=i) for i, shape in enumerate(shapes)]
        whole = np.broadcast_arrays(*[part.data.astype(object) for part in parts])
        joined = [separator.encode().join(row) for row in zip(*[part.ravel() for part in whole])]
        op([tuple(parts)], Tensor("string", np.reshape(np.array(joined, object), whole[0].shape)), separator=separator)
    for shapes in [((3,), (3,)), ((3,),), ((), ()), ((3,), ()), ((), (2, 3)), ((2, 3), (), (2, 3)), ((0, 3), (0, 3)),
                   ((2, 1, 2, 1, 2, 1, 2, 1),) * 2, ((101,),) * 3]:
        check(*shapes)
        check(*shapes, separator=", ")
    op([(sample("string", (2,)), sample("string", (3,)))], error="StringJoin")
