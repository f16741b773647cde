"""Random numbers of the gamma distribution: the method of Marsaglia and Tsang (2000) over Philox."""
import math

import numpy as np

from kit.philox import LIMITS, SEEDS, Generator, attributes_of, key_operands, of_node, of_seed, operand_of
from kit.values import Tensor

ALPHAS = [0.1, 0.5, 0.999, 1, 1.5, 4, 300]


class Pairs:
    """Numbers that come in twos, of 128 bits; the second is used first."""

    def __init__(self, generator, make):
        self.generator, self.make, self.kept = generator, make, []

    def __call__(self):
        if not self.kept:
            self.kept = self.make([self.generator() for _ in range(4)])
        return self.kept.pop()


def unit(high, low):
    return ((high & 0xFFFFF) << 32 | low) / 2**52


def units(bits):
    return [unit(*bits[:2]), unit(*bits[2:])]


def normals(bits):
    radius, angle = math.sqrt(-2 * math.log(max(unit(*bits[:2]), 1e-7))), 2 * math.pi * unit(*bits[2:])
    return [radius * math.sin(angle), radius * math.cos(angle)]


def gamma(alpha, generator):
    uniform, normal = Pairs(generator, units), Pairs(generator, normals)
    if alpha == 1:
        return -math.log1p(-uniform())
    d = alpha + (2 / 3 if alpha < 1 else -1 / 3)
    while True:
        x = normal()
        v = (1 + x / 3 / math.sqrt(d)) ** 3
        if v <= 0:
            continue
        u = uniform()
        if u == 0 or math.log(u) < x * x / 2 + d * (1 - v + math.log(v)):
            return d * v * (uniform() ** (1 / alpha) if alpha < 1 else 1)


def drawn(alphas, generator, samples):
    """[samples, alphas]; each number has a generator of its own, 256 blocks after the last one's."""
    flat = np.ravel(alphas)
    found = [[gamma(float(alpha), Generator(generator.key, generator.counter + 256 * (i * samples + j)))
              for i, alpha in enumerate(flat)] for j in range(samples)]
    return np.reshape(found, (samples, len(flat)))


def gammas(op, operands, generator, behind):
    """operands(seed): what stands between shape and alpha, and the attributes. behind: the result has the
    dimensions of alpha behind those of the shape, else its shape is all of them."""
    def check(dtype, shape, alphas, seed=SEEDS[0], kind="int32"):
        alphas = Tensor(dtype, alphas)
        whole = tuple(shape) + alphas.shape
        between, attributes = operands(seed)
        numbers = drawn(alphas.wide, generator(seed), int(np.prod(shape)))
        rtol, _ = LIMITS[dtype]
        op([Tensor(kind, shape if behind else whole), *between, alphas], Tensor(dtype, np.reshape(numbers, whole)),
           rtol=max(rtol, 1e-6 if dtype == "float" else 0), atol=0, dtype=dtype, **attributes)
    for dtype in ["float", "double", "half"]:
        check(dtype, (3,), ALPHAS[1:])
    for seed in SEEDS[1:]:
        check("float", (4,), [0.7, 2.5], seed, "int64")
    for shape in [(), (1,), (0, 3), (2, 3), (501,)]:
        check("float", shape, 1.25)
        check("double", shape, [[0.3], [1]])
    check("float", (2, 2), np.zeros((0,)))
    check("double", (40,), ALPHAS)
    between, attributes = operands(SEEDS[0])
    op([np.int32([2, -1]), *between, np.float32(1)], error="shape", **attributes)
    if not behind:
        op([np.int32([2, 3]), *between, np.float32([1, 1])], error="ends with that of alpha", **attributes)


__all__ = ["attributes_of", "gammas", "key_operands", "of_node", "of_seed", "operand_of"]
