"""Graphs around tables that an initialiser fills."""
import numpy as np

from kit.values import Tensor, sample

# Types of keys and values, keys
TABLES = [("string", "int64", ["a", "bc", ""]), ("string", "float", ["x", "y"]), ("int64", "string", [5, -1, 2**40]),
          ("int64", "int64", [1, 2, 3]), ("int32", "float", [7, 8]), ("string", "string", ["k"]),
          ("int64", "double", []), ("string", "bool", ["t", "f"]), ("string", "int32", ["q", "r"])]


def tables(check):
    """check(keys, values, queries): queries are keys that are there and some that are not."""
    for key, value, keys in TABLES:
        keys = Tensor(key, keys)
        queries = keys.data.tolist() + ([b"none", b"A"] if key == "string" else [9, -3])
        check(keys, sample(value, keys.shape, seed=2), Tensor(key, queries))


def found(keys, values, queries, default):
    table = dict(zip(keys.data.tolist(), values.wide.astype(object) if values.dtype == "string" else values.wide))
    flat = [table.get(query, default.wide[()]) for query in queries.data.ravel().tolist()]
    return Tensor(values.dtype, np.reshape(np.array(flat, object), queries.shape))


def filled(nodes, keys, values, old=False, initializer="InitializeTable"):
    """A table with these contents."""
    table, = nodes("HashTable" if old else "HashTableV2", [], key_dtype=keys.dtype, value_dtype=values.dtype)
    nodes(initializer if old else initializer + "V2", [table, keys, values], name="fill")
    return table


def lookups(op, old=False, initializer="InitializeTable", shapes=False):
    def build(nodes, keys, values, queries, default):
        table = filled(nodes, keys, values, old, initializer)
        return nodes("LookupTableFind" if old else "LookupTableFindV2", [table, queries, default], control=["fill"])

    def check(keys, values, queries):
        default = sample(values.dtype, (), seed=4)
        op.graph(build, [keys, values, queries, default], found(keys, values, queries, default), fed=[2, 3])
    tables(check)
    for shape in [(), (0, 3), (2, 1, 2, 1, 2, 1, 2, 1), (1003,)] if shapes else []:
        check(Tensor("int64", [0, 2, 4]), Tensor("float", [1.5, 2.5, 3.5]), sample("int64", shape, low=-1, high=5))


def sizes(op, old=False):
    def build(nodes, keys, values):
        return nodes(op.op, [filled(nodes, keys, values, old)], control=["fill"])

    def check(keys, values, _):
        op.graph(build, [keys, values], Tensor("int64", keys.data.size), fed=[])
    tables(check)


TEXT = b"apple\t3\t0.5\nbanana split\t-7\t2\ncherry\t40\t-1.25"
LINES = [line.decode() for line in TEXT.split(b"\n")]
WORDS = ["apple", "banana split", "cherry"]


def files(op):
    """A table of the lines of a file: columns, whole lines (-2) and their numbers (-1)."""
    old = not op.op.endswith("V2")

    def check(key, value, keys, entries, key_index, value_index, text=TEXT, error=None, **more):
        default = sample(value, (), seed=4)

        def build(nodes, queries, missing):
            table, = nodes("HashTable" if old else "HashTableV2", [], key_dtype=key, value_dtype=value)
            nodes(op.op, [table, nodes.asset(text)], name="fill", key_index=key_index, value_index=value_index, **more)
            return nodes("LookupTableFind" if old else "LookupTableFindV2", [table, queries, missing], control=["fill"])
        known = Tensor(key, keys)
        queries = Tensor(key, list(keys) + (["none"] if key == "string" else [-99]))
        inputs = [queries, default]
        expected = None if error else found(known, Tensor(value, entries), queries, default)
        op.graph(build, inputs, expected, error=error)
    check("string", "int64", LINES, [0, 1, 2], -2, -1)
    check("int64", "string", [0, 1, 2], LINES, -1, -2)
    check("string", "int64", WORDS, [3, -7, 40], 0, 1)
    check("string", "int32", WORDS, [3, -7, 40], 0, 1)
    check("string", "float", WORDS, [0.5, 2, -1.25], 0, 2)
    check("string", "double", WORDS, [0.5, 2, -1.25], 0, 2, vocab_size=3)
    check("int64", "string", [3, -7, 40], WORDS, 1, 0)
    check("string", "string", WORDS, ["3", "-7", "40"], 0, 1)
    check("string", "int64", WORDS[:2], [0, 1], 0, -1, vocab_size=2)
    check("string", "int64", ["a", "b"], [1, 2], 0, 1, text=b"a 1\r\nb 2\n", delimiter=" ")
    check("string", "int64", ["a", "b"], [5, 6], -2, -1, text=b"a\nb\n", offset=5)
    check("string", "int64", WORDS, None, 0, 3, error="at least 4 columns, but line 1 has 3")
    check("string", "int64", WORDS, None, 0, 2, error="but line 1 has '0.5'")
    check("string", "int64", WORDS, None, 0, -1, error="expects 4 lines, but the file has 3", vocab_size=4)
    check("int64", "int64", [1], None, -2, -1, error="but line 1 has 'apple")
