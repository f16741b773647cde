"""Element types beside numpy's own, test values, and the comparison of results."""
import numpy as np

# TensorFlow's name -> (numpy's type that holds it in a .npy file)
DTYPES = {
    "float": np.float32, "double": np.float64, "half": np.float16, "bfloat16": np.uint16,
    "int8": np.int8, "int16": np.int16, "int32": np.int32, "int64": np.int64,
    "uint8": np.uint8, "uint16": np.uint16, "uint32": np.uint32, "uint64": np.uint64,
    "bool": np.bool_, "complex64": np.complex64, "complex128": np.complex128,
    "string": np.bytes_, "qint8": np.int8, "quint8": np.uint8, "qint32": np.int32,
    "qint16": np.int16, "quint16": np.uint16,
}
FLOATS = ["float", "double", "half", "bfloat16"]
SIGNED = ["int8", "int16", "int32", "int64"]
UNSIGNED = ["uint8", "uint16", "uint32", "uint64"]
INTEGERS = SIGNED + UNSIGNED
COMPLEX = ["complex64", "complex128"]
REAL = FLOATS + INTEGERS
NUMBERS = REAL + COMPLEX


def to_bfloat16(array):
    """The bits of the nearest bfloat16s, ties to even."""
    bits = np.asarray(array, np.float32).view(np.uint32).astype(np.uint64)
    half = np.uint64(16)
    rounded = ((bits + np.uint64(0x7FFF) + ((bits >> half) & np.uint64(1))) >> half).astype(np.uint16)
    return np.where(np.isnan(np.asarray(array, np.float32)), np.uint16(0x7FC0), rounded)


def from_bfloat16(bits):
    wide = np.asarray(bits, np.uint16).astype(np.uint32) << 16
    return np.asarray(wide).astype(np.uint32).view(np.float32)


class Tensor:
    """Values with a TensorFlow dtype. `wide` is what numpy computes with."""

    def __init__(self, dtype, values):
        self.dtype = dtype
        if dtype == "bfloat16":
            self.data = np.asarray(to_bfloat16(np.asarray(values, np.float32)))
        elif dtype == "string":
            flat = [v.encode() if isinstance(v, str) else v for v in np.ravel(np.asarray(values, object))]
            self.data = np.array(flat, dtype=np.bytes_).reshape(np.shape(values))
        else:
            self.data = np.asarray(values).astype(DTYPES[dtype])

    @property
    def shape(self):
        return self.data.shape

    @property
    def wide(self):
        return from_bfloat16(self.data) if self.dtype == "bfloat16" else self.data


_OF_NUMPY = {np.dtype(np.float32): "float", np.dtype(np.float64): "double",
             np.dtype(np.float16): "half", np.dtype(np.bool_): "bool",
             np.dtype(np.complex64): "complex64", np.dtype(np.complex128): "complex128",
             **{np.dtype(name): name for name in INTEGERS}}


def tensor(values):
    """A Tensor as it is; numpy arrays by their type; floats as float, ints as int32."""
    if isinstance(values, Tensor):
        return values
    array = np.asarray(values)
    if not isinstance(values, (np.ndarray, np.generic)):
        array = array.astype({"f": np.float32, "i": np.int32}.get(array.dtype.kind, array.dtype))
    if array.dtype.kind in "SUO":
        return Tensor("string", array)
    return Tensor(_OF_NUMPY[array.dtype], array)


def sample(dtype, shape, seed=0, low=None, high=None):
    """Values of a type, the same in every run: small numbers of both signs, eighths for
    floating point (exact in every type), unless limits are given."""
    rng = np.random.RandomState(seed + 17)
    if dtype == "bool":
        return Tensor(dtype, rng.rand(*shape) < 0.5)
    if dtype == "string":
        words = np.array(["", "a", "bc", "a longer text than fits"], object)
        return Tensor(dtype, words[rng.randint(0, len(words), shape)])
    if dtype in COMPLEX:
        return Tensor(dtype, rng.randint(-40, 41, shape) / 8 + 1j * rng.randint(-40, 41, shape) / 8)
    if dtype in FLOATS:
        low, high = (-5 if low is None else low), (5 if high is None else high)
        return Tensor(dtype, rng.randint(int(low * 8), int(high * 8) + 1, shape) / 8)
    low = (0 if dtype in UNSIGNED or dtype.startswith("qu") else -9) if low is None else low
    return Tensor(dtype, rng.randint(low, (9 if high is None else high) + 1, shape))


# Largest relative and absolute difference by type: a few units in the last place.
TOLERANCE = {"float": (1e-6, 1e-7), "double": (1e-14, 1e-15), "half": (1e-3, 1e-6),
             "bfloat16": (8e-3, 1e-6), "complex64": (2e-6, 1e-6), "complex128": (1e-13, 1e-14)}


def difference(found, expected, rtol=None, atol=None):
    """What is wrong with an array found in a .npy file; None if nothing is. No tolerance at
    all compares the signs of zeros too."""
    if found.shape != expected.shape:
        return f"has shape {list(found.shape)}, expected {list(expected.shape)}"
    if expected.dtype == "string":
        same = [a == b for a, b in zip(found.ravel().tolist(), expected.data.ravel().tolist())]
        return None if all(same) else f"is {found.tolist()}, expected {expected.data.tolist()}"
    if found.dtype != DTYPES[expected.dtype]:
        return f"is stored as {found.dtype}, expected {expected.dtype}"
    have = from_bfloat16(found) if expected.dtype == "bfloat16" else found
    want = expected.wide
    default = TOLERANCE.get(expected.dtype, (0, 0))
    rtol = default[0] if rtol is None else rtol
    atol = default[1] if atol is None else atol
    if have.dtype.kind in "fc":
        good = np.isclose(have, want, rtol=rtol, atol=atol, equal_nan=True)
        if have.dtype.kind == "f" and rtol == 0 and atol == 0:
            good &= np.isnan(want) | (np.signbit(have) == np.signbit(want))
    else:
        good = have == want if not atol else abs(have.astype(float) - want.astype(float)) <= atol
    if np.all(good):
        return None
    at = tuple(int(i) for i in np.argwhere(~np.asarray(good))[0])
    return (f"{int(np.sum(~np.asarray(good)))} of {good.size} values differ, first at {list(at)}: "
            f"{have[at]!r}, expected {want[at]!r}")


def limits(dtype):
    """The lowest and the highest number of a real type that is finite."""
    if dtype == "bfloat16":
        return -2.0**127 * (2 - 2.0**-7), 2.0**127 * (2 - 2.0**-7)
    info = np.finfo(DTYPES[dtype]) if dtype in FLOATS else np.iinfo(DTYPES[dtype])
    return info.min, info.max
