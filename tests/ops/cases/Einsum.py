"""Einsum: sums of products over named dimensions."""
import numpy as np
from kit.elementwise import COMPLEX, FLOATS, precise, sample

EQUATIONS = [
    ("bij,bjk->bik", (2, 3, 4), (2, 4, 5)), ("bij,bkj->bik", (2, 3, 4), (2, 5, 4)), ("ij,jk->ki", (3, 4), (4, 5)),
    ("i,j->ij", (3,), (4,)), ("i,i->", (7,), (7,)), ("ij->ji", (3, 4)), ("ij->", (3, 4)), ("ijk->ik", (2, 3, 4)),
    ("ii->i", (4, 4)), ("ii->", (4, 4)), ("iij->ij", (3, 3, 2)), ("bsnh,btnh->bnst", (2, 3, 2, 4), (2, 5, 2, 4)),
    ("bnst,btnh->bsnh", (2, 2, 3, 5), (2, 5, 2, 4)), ("abc,cde->abde", (2, 3, 4), (4, 2, 3)),
    ("...ij,...jk->...ik", (2, 3, 4), (4, 5)), ("...ij,...jk->...ik", (2, 1, 3, 4), (3, 4, 5)), ("...->...", (2, 3)),
    ("ij,ij->ij", (3, 4), (3, 4)), ("ij,j->i", (3, 4), (4,)), ("ij,jk->ik", (0, 4), (4, 5)),
    ("ij,jk->ik", (3, 0), (0, 5)), ("aB,Bc->ac", (2, 3), (3, 2)), ("ij,kl->", (2, 3), (4, 2))]


def cases(op):
    def check(equation, *shapes, dtype="float"):
        op([tuple(sample(dtype, shape, seed=seed) for seed, shape in enumerate(shapes))],
           lambda xs: np.einsum(equation, *[precise(x) for x in xs]), equation=equation)
    for dtype in FLOATS + ["int32", "int64"] + COMPLEX:
        check("ij,jk->ik", (3, 4), (4, 5), dtype=dtype)
    for equation, *shapes in EQUATIONS:
        check(equation, *shapes)
    op([(sample("float", (3, 4)), sample("float", (5, 6)))], error="one label", equation="ij,jk->ik")
    op([(sample("float", (3, 4)),)], error="terms", equation="ij,jk->ik")
    op([(sample("float", (3, 4)),)], error="no input has", equation="ij->ik")
    op([(sample("float", (3, 4)),)], error="rank", equation="ijk->ik")
