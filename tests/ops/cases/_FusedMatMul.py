"""_FusedMatMul: with all that may follow it, and transposed."""
from kit.fused import CHAINS, check_chains
from kit.values import sample


def cases(op):
    a, b = sample("float", (3, 5)), sample("float", (5, 4), 1)
    check_chains(op, lambda x, y: x @ y, [a, b], (3, 4),
                 chains=[chain for chain in CHAINS if "FusedBatchNorm" not in chain])
    check_chains(op, lambda x, y: x.T @ y.T, [sample("float", (5, 3)), sample("float", (4, 5), 1)], (3, 4),
                 chains=[["BiasAdd", "Relu"]], transpose_a=True, transpose_b=True)
    check_chains(op, lambda x, y: x @ y, [sample("double", (3, 5)), sample("double", (5, 4), 1)], (3, 4),
                 chains=[["BiasAdd", "Tanh"]])
