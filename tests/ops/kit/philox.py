"""TensorFlow's random numbers: Philox 4x32 with 10 rounds (Salmon et al., 2011) and its distributions."""
import math

import numpy as np

from kit.values import Tensor

MASK = 2**32 - 1
FLOATS = ["float", "double", "half", "bfloat16"]
SHAPES = [(), (1,), (7,), (0, 3), (2, 3), (2, 1, 2, 1, 3, 1, 2, 1), (1003,)]
SEEDS = [(5, 7), (0, 1), (2**40 + 3, -(2**63)), (-1, 0)]


def block(key, counter):
    """Four numbers of 32 bits; the key has 64 bits, the counter 128."""
    k = [key & MASK, key >> 32 & MASK]
    c = [counter >> shift & MASK for shift in (0, 32, 64, 96)]
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [b >> 32 ^ c[1] ^ k[0], b & MASK, a >> 32 ^ c[3] ^ k[1], a & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


# The published answer for zeros.
assert block(0, 0) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]


class Generator:
    """Numbers of 32 bits, one after the other."""

    def __init__(self, key, counter):
        self.key, self.counter, self.left = key, counter, []

    def __call__(self):
        if not self.left:
            self.left = block(self.key, self.counter % 2**128)
            self.counter += 1
        return self.left.pop(0)

    def at(self, blocks):
        return Generator(self.key, self.counter + blocks)

    def wide(self):
        low = self()
        return low | self() << 32


def of_node(seed, seed2):
    """The generator of a node that has seeds."""
    return Generator(seed % 2**64, (seed2 % 2**64) << 64)


def mixed(seed):
    """Key and counter of a seed of two integers."""
    a, b, c, d = block(0x02461E29 << 32 | 0x3EC8F720, seed[0] % 2**64 | (seed[1] % 2**64) << 64)
    return a | b << 32, (c | d << 32) << 64


def of_seed(seed):
    return Generator(*mixed(seed))


def unit(dtype, generator):
    """A number in [0, 1)."""
    bits = generator()
    if dtype == "double":
        return ((bits & 0xFFFFF) << 32 | generator()) / 2**52
    width = {"float": 23, "half": 10, "bfloat16": 7}[dtype]
    return (bits & (2**width - 1)) / 2**width


def uniform(dtype, generator, count):
    return [unit(dtype, generator) for _ in range(count)]


def normal_pair(dtype, generator):
    kind = "double" if dtype == "double" else "float"
    first, angle = max(unit(kind, generator), 1e-7), 2 * math.pi * unit(kind, generator)
    radius = math.sqrt(-2 * math.log(first))
    return [radius * math.sin(angle), radius * math.cos(angle)]


def normal(dtype, generator, count):
    return sum([normal_pair(dtype, generator) for _ in range((count + 1) // 2)], [])[:count]


def truncated(dtype, generator, count):
    """Below 2 in size; each group of outputs has numbers of its own."""
    group, found = 2 if dtype == "double" else 4, []
    for start in range(0, count, group):
        own, kept = generator.at(start // group * group * 64), []
        while len(kept) < group:
            kept += [x for x in normal_pair(dtype, own) if abs(x) < 2]
        found += kept[:group]
    return found[:count]


def integers(dtype, generator, count, low, high):
    return [low + (generator.wide() if dtype == "int64" else generator()) % (high - low) for _ in range(count)]


def tensor(dtype, numbers, shape):
    return Tensor(dtype, np.reshape(numbers, shape))


# Of sines and logarithms of single precision.
LIMITS = {"float": (1e-5, 2e-6), "double": (1e-12, 1e-13), "half": (1e-3, 1e-3), "bfloat16": (8e-3, 8e-3)}


def check_floats(op, distribution, inputs, generator, exact=False, **given):
    """inputs(seed): what comes after the shape, and the seeds as attributes."""
    def check(dtype, shape, seed, kind="int32"):
        rtol, atol = (0, 0) if exact else LIMITS[dtype]
        operands, attributes = inputs(seed)
        numbers = distribution(dtype, generator(seed), int(np.prod(shape)))
        op([Tensor(kind, shape), *operands], tensor(dtype, numbers, shape), rtol=rtol, atol=atol,
           more={"dtype": dtype}, **attributes)
    for dtype in FLOATS:
        check(dtype, (2, 5), SEEDS[0])
    for shape in SHAPES:
        check("float", shape, SEEDS[0])
    for seed in SEEDS[1:]:
        check("float", (6,), seed, "int64")
    check("double", (11,), SEEDS[1])
    operands, attributes = inputs(SEEDS[0])
    op([np.int32([2, -1]), *operands], error="shape", more={"dtype": "float"}, **attributes)


def attributes_of(seed):
    return [], {"seed": seed[0], "seed2": seed[1]}


def operand_of(seed):
    return [Tensor("int64", seed)], {}


def key_operands(seed):
    key, counter = mixed(seed)
    return [np.uint64([key]), np.uint64([counter & 2**64 - 1, counter >> 64]), np.int32(1)], {}


def check_algorithms(op):
    """1 is Philox, 3 what the kernel likes best; 2 is ThreeFry, which TensorFlow has for XLA alone."""
    key, counter, _ = key_operands(SEEDS[0])[0]
    shape = np.int32([5])
    for algorithm in [1, 3]:
        op([shape, key, counter, np.int32(algorithm)],
           Tensor("float", uniform("float", of_seed(SEEDS[0]), 5)), dtype="float", more={"dtype": "float"})
    op([shape, key, counter, np.int32(2)], error="random numbers by algorithm 2", more={"dtype": "float"})
