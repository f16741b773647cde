"""Writes TensorFlow's checkpoints: a file of tensors, and a sorted table that says where each of them lies."""
import struct

from kit.values import DTYPES

# DataType of TensorFlow's messages.
NUMBERS = {"float": 1, "double": 2, "int32": 3, "uint8": 4, "int16": 5, "int8": 6, "complex64": 8, "int64": 9,
           "bool": 10, "bfloat16": 14, "complex128": 18, "half": 19, "uint16": 17, "uint32": 22, "uint64": 23}
assert all(name in DTYPES for name in NUMBERS)


def _crc_table():
    table = []
    for entry in range(256):
        for _ in range(8):
            entry = entry >> 1 ^ (0x82F63B78 if entry & 1 else 0)
        table.append(entry)
    return table


CRC_TABLE = _crc_table()


def crc(data):
    """CRC-32C, masked as leveldb does."""
    value = 0xFFFFFFFF
    for byte in data:
        value = CRC_TABLE[(value ^ byte) & 255] ^ value >> 8
    value ^= 0xFFFFFFFF
    return ((value >> 15 | value << 17) + 0xA282EAD8) & 0xFFFFFFFF


def varint(value):
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def field(number, content):
    """A field of a message: an integer or bytes."""
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    return varint(number << 3 | 2) + varint(len(content)) + content


class Table:
    """A sorted table of blocks with one entry after the other, nothing compressed."""

    def __init__(self):
        self.data = b""

    def block(self, entries):
        """Where it lies, as offset and size."""
        text = b"".join(varint(0) + varint(len(key)) + varint(len(value)) + key + value for key, value in entries)
        text += struct.pack("<II", 0, 1)
        handle = varint(len(self.data)) + varint(len(text))
        self.data += text + b"\0" + struct.pack("<I", crc(text + b"\0"))
        return handle

    def finish(self, entries):
        content = self.block(entries)
        meta, index = self.block([]), self.block([(entries[-1][0] + b"\xff", content)])
        return self.data + (meta + index).ljust(40, b"\0") + struct.pack("<Q", 0xDB4775248B80FB57)


def write(prefix, variables):
    """variables: name -> Tensor."""
    header = field(1, 1) + field(3, field(1, 1))
    entries, data = [(b"", header)], b""
    for name, tensor in sorted(variables.items()):
        content = tensor.data.tobytes()
        shape = b"".join(field(2, field(1, size)) for size in tensor.shape)
        entries.append((name.encode(), field(1, NUMBERS[tensor.dtype]) + field(2, shape) + field(4, len(data)) +
                        field(5, len(content)) + varint(6 << 3 | 5) + struct.pack("<I", crc(content))))
        data += content
    with open(prefix + ".index", "wb") as file:
        file.write(Table().finish(entries))
    with open(prefix + ".data-00000-of-00001", "wb") as file:
        file.write(data)
