// Takes the fields off a protobuf message one after the other, without parsing
// what is in them.
#ifndef FIRN_FRONTEND_WIREREADER_H
#define FIRN_FRONTEND_WIREREADER_H

#include "absl/strings/string_view.h"

#include <cstdint>
#include <optional>

namespace firn {

enum class WireType : uint8_t {
  Varint = 0,
  Fixed64 = 1,
  Bytes = 2,
  Fixed32 = 5
};

struct WireField {
  uint32_t number;
  WireType type;
  /// What `Bytes` (a message, a string, a packed list) and fixed numbers have.
  absl::string_view payload = {};
  uint64_t varint = 0;
  /// The field with its tag.
  absl::string_view whole = {};
};

class WireReader {
public:
  explicit WireReader(absl::string_view message) : bytes(message) {}

  /// The next field; nullopt at the end, and where there is no field: then
  /// rest() is not empty. Groups are not fields.
  std::optional<WireField> next();

  /// What was not taken.
  absl::string_view rest() const { return bytes; }

private:
  absl::string_view bytes;
};

} // namespace firn

#endif // FIRN_FRONTEND_WIREREADER_H
