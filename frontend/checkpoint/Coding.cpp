// Number and key encodings of checkpoint files.
#include "frontend/checkpoint/Coding.h"

#include "absl/numeric/bits.h"

namespace firn {

std::optional<uint64_t> ByteReader::varint64() {
  uint64_t value = 0;
  for (size_t i = 0; i < bytes.size() && i < 10; ++i) {
    uint64_t byte = static_cast<unsigned char>(bytes[i]);
    if (i == 9 && byte > 1)
      return std::nullopt;
    value |= (byte & 0x7f) << (7 * i);
    if (byte < 0x80) {
      bytes.remove_prefix(i + 1);
      return value;
    }
  }
  return std::nullopt;
}

std::optional<uint32_t> ByteReader::varint32() {
  ByteReader copy = *this;
  std::optional<uint64_t> value = copy.varint64();
  if (!value || *value > UINT32_MAX)
    return std::nullopt;
  *this = copy;
  return static_cast<uint32_t>(*value);
}

std::optional<uint32_t> ByteReader::fixed32() {
  if (bytes.size() < 4)
    return std::nullopt;
  uint32_t value = 0;
  for (int i = 0; i < 4; ++i)
    value |= uint32_t(static_cast<unsigned char>(bytes[i])) << (8 * i);
  bytes.remove_prefix(4);
  return value;
}

std::optional<absl::string_view> ByteReader::take(uint64_t size) {
  if (size > bytes.size())
    return std::nullopt;
  absl::string_view taken = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return taken;
}

// OrderedCode. An unsigned number is a count byte and that many big-endian
// bytes.
static void appendUnsigned(std::string &key, uint64_t value) {
  unsigned count = (absl::bit_width(value) + 7) / 8;
  key.push_back(static_cast<char>(count));
  for (unsigned i = count; i-- > 0;)
    key.push_back(static_cast<char>(value >> (8 * i)));
}

// A string ends with 00 01; inside it 00 becomes 00 FF and FF becomes FF 00.
static void appendString(std::string &key, absl::string_view text) {
  for (char c : text) {
    key.push_back(c);
    if (c == '\0')
      key.push_back('\xff');
    else if (c == '\xff')
      key.push_back('\0');
  }
  key.append("\0\1", 2);
}

// A signed number takes n bytes, 7 n bits of it sign and value. The n leading
// bits say the count in unary: n ones then a zero for positive numbers, all
// inverted for negative ones. So a first byte alone is 0x80 ^ value for
// -64..63.
static void appendSigned(std::string &key, int64_t value) {
  uint64_t magnitude = value < 0 ? ~uint64_t(value) : uint64_t(value);
  unsigned count = absl::bit_width(magnitude) / 7 + 1;
  for (unsigned i = 0; i < count; ++i) {
    unsigned shift = 8 * (count - 1 - i);
    // Arithmetic shift: bytes beyond the eighth are copies of the sign.
    auto byte = static_cast<uint8_t>(value >> (shift < 63 ? shift : 63));
    // Header bits 8 i .. 8 i + 7 of the unary count.
    unsigned ones = count > 8 * i ? count - 8 * i : 0;
    byte ^= ones >= 8 ? 0xff : uint8_t(0xff00u >> ones);
    key.push_back(static_cast<char>(byte));
  }
}

std::string encodeTensorNameSlice(absl::string_view name,
                                  const TensorSlice &slice) {
  std::string key;
  appendUnsigned(key, 0);
  appendString(key, name);
  appendUnsigned(key, slice.size());
  for (const SliceExtent &extent : slice) {
    appendSigned(key, extent.start);
    appendSigned(key, extent.length);
  }
  return key;
}

} // namespace firn
