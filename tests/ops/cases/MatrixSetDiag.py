"""MatrixSetDiag: matrices with another main diagonal."""
from kit.diagonals import Band, with_diagonals
from kit.movement import FEW, sample


def cases(op):
    def check(dtype, shape):
        op([sample(dtype, shape), sample(dtype, shape[:-2] + (min(shape[-2:]),), seed=1)],
           lambda x, d: with_diagonals(x, d, Band(*shape[-2:], 0, 0)))
    for dtype in FEW[:-1]:
        check(dtype, (3, 4))
    for shape in [(4, 3), (1, 1), (0, 3), (2, 3, 3), (0, 2, 2), (2, 1, 2, 1, 2, 1, 3, 2), (20, 70)]:
        check("float", shape)
    op([sample("float", (3, 4)), sample("float", (4,))], error="MatrixSetDiag")
    op([sample("float", (3,)), sample("float", (3,))], error="MatrixSetDiag")
