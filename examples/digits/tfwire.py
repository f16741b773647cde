"""Just enough of protobuf's wire format and of the checkpoint table to write a SavedModel.

A message is a list of (field number, value): int -> varint, float -> fixed32,
bytes/str -> length-delimited, list -> nested message.
"""
import struct

DT_FLOAT, DT_INT32, DT_STRING, DT_INT64, DT_RESOURCE = 1, 3, 7, 9, 20
NUMPY_DTYPES = {"float32": DT_FLOAT, "int32": DT_INT32, "int64": DT_INT64}


def varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def message(fields):
    out = bytearray()
    for number, value in fields:
        if isinstance(value, bool) or isinstance(value, int):
            out += varint(number << 3) + varint(int(value))
        elif isinstance(value, float):
            out += varint(number << 3 | 5) + struct.pack("<f", value)
        else:
            data = (message(value) if isinstance(value, list)
                    else value.encode() if isinstance(value, str) else bytes(value))
            out += varint(number << 3 | 2) + varint(len(data)) + data
    return bytes(out)


def shape(dims):
    return [(2, [(1, d)]) for d in dims]


def tensor(array):
    """TensorProto of a numpy array of numbers."""
    return [(1, NUMPY_DTYPES[array.dtype.name]), (2, shape(array.shape)), (4, array.tobytes())]


def string_tensor(values, scalar=False):
    return [(1, DT_STRING), (2, shape([] if scalar else [len(values)]))] + [(8, v) for v in values]


def attr(kind, value):
    """AttrValue: kind is s, i, f, b, type, shape, tensor, or list(int), list(type)."""
    number = {"s": 2, "i": 3, "f": 4, "b": 5, "type": 6, "shape": 7, "tensor": 8}
    if kind.startswith("list("):
        member = {"list(int)": 3, "list(type)": 6}[kind]
        return [(1, [(member, v) for v in value])]
    return [(number[kind], value)]


def node(name, op, inputs=(), **attrs):
    """NodeDef; attrs are name=(kind, value)."""
    fields = [(1, name), (2, op)] + [(3, i) for i in inputs]
    return fields + [(5, [(1, key), (2, attr(*attrs[key]))]) for key in sorted(attrs)]


_CRC = []
for _i in range(256):
    for _ in range(8):
        _i = _i >> 1 ^ (0x82F63B78 if _i & 1 else 0)
    _CRC.append(_i)


def masked_crc(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ _CRC[(crc ^ byte) & 0xFF]
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def _block(entries):
    out, restarts = bytearray(), []
    for key, value in entries:  # no prefix compression: every entry is a restart
        restarts.append(len(out))
        out += varint(0) + varint(len(key)) + varint(len(value)) + key + value
    for offset in restarts or [0]:
        out += struct.pack("<I", offset)
    return bytes(out + struct.pack("<I", max(1, len(restarts))))


def write_bundle(prefix, tensors):
    """A V2 checkpoint of one shard from {name: numpy array}."""
    data, entries = bytearray(), [(b"", message([(1, 1), (3, [(1, 1)])]))]
    for name in sorted(tensors):
        value = tensors[name].tobytes()
        entries.append((name.encode(), message([
            (1, NUMPY_DTYPES[tensors[name].dtype.name]), (2, shape(tensors[name].shape)),
            (4, len(data)), (5, len(value))])
            + varint(6 << 3 | 5) + struct.pack("<I", masked_crc(value))))
        data += value
    with open(prefix + ".data-00000-of-00001", "wb") as file:
        file.write(data)

    table = bytearray()

    def add(block):
        handle = varint(len(table)) + varint(len(block))
        table.extend(block + b"\0" + struct.pack("<I", masked_crc(block + b"\0")))
        return handle
    data_handle = add(_block(entries))
    meta_handle = add(_block([]))
    index_handle = add(_block([(entries[-1][0], data_handle)]))
    footer = (meta_handle + index_handle).ljust(40, b"\0")
    with open(prefix + ".index", "wb") as file:
        file.write(table + footer + struct.pack("<II", 0x8B80FB57, 0xDB477524))
