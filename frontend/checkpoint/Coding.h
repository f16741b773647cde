// The number and key encodings of checkpoint files: varints and fixed-width
// little-endian numbers, and OrderedCode, whose encodings sort like the values.
#ifndef FIRN_FRONTEND_CHECKPOINT_CODING_H
#define FIRN_FRONTEND_CHECKPOINT_CODING_H

#include "frontend/checkpoint/TensorSlice.h"

#include "absl/strings/string_view.h"

#include <cstdint>
#include <optional>
#include <string>

namespace firn {

/// Takes numbers off the front of a byte sequence. Each function returns
/// nullopt and takes nothing if the bytes end early or the number does not fit.
class ByteReader {
public:
  explicit ByteReader(absl::string_view bytes) : bytes(bytes) {}

  absl::string_view rest() const { return bytes; }
  std::optional<uint32_t> varint32();
  std::optional<uint64_t> varint64();
  std::optional<uint32_t> fixed32();
  std::optional<absl::string_view> take(uint64_t size);

private:
  absl::string_view bytes;
};

/// The table key under which a checkpoint keeps `slice` of the tensor `name`.
std::string encodeTensorNameSlice(absl::string_view name,
                                  const TensorSlice &slice);

} // namespace firn

#endif // FIRN_FRONTEND_CHECKPOINT_CODING_H
