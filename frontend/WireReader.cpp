// See WireReader.h.
#include "frontend/WireReader.h"

#include "frontend/checkpoint/Coding.h"

namespace firn {

std::optional<WireField> WireReader::next() {
  ByteReader reader(bytes);
  std::optional<uint32_t> tag = reader.varint32();
  if (!tag || *tag >> 3 == 0)
    return std::nullopt;
  WireField field{*tag >> 3, static_cast<WireType>(*tag & 7)};
  std::optional<uint64_t> number;
  std::optional<absl::string_view> payload = absl::string_view();
  switch (field.type) {
  case WireType::Varint:
    number = reader.varint64();
    if (!number)
      return std::nullopt;
    field.varint = *number;
    break;
  case WireType::Fixed64:
    payload = reader.take(8);
    break;
  case WireType::Bytes:
    number = reader.varint64();
    payload = number ? reader.take(*number) : std::nullopt;
    break;
  case WireType::Fixed32:
    payload = reader.take(4);
    break;
  default:
    return std::nullopt;
  }
  if (!payload)
    return std::nullopt;
  field.payload = *payload;
  field.whole = bytes.substr(0, bytes.size() - reader.rest().size());
  bytes = reader.rest();
  return field;
}

} // namespace firn
