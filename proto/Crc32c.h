// CRC-32C (Castagnoli), the checksum of TensorFlow's checkpoints, and the mask
// under which they store it.
#ifndef FIRN_PROTO_CRC32C_H
#define FIRN_PROTO_CRC32C_H

#include "absl/strings/string_view.h"

#include <cstdint>

namespace firn {

/// The checksum of the bytes that gave `crc` followed by `bytes`.
uint32_t extendCrc32c(uint32_t crc, absl::string_view bytes);

inline uint32_t crc32c(absl::string_view bytes) {
  return extendCrc32c(0, bytes);
}

/// A checksum as files hold it: rotated and offset, so that checksums of data
/// that contains checksums stay independent.
inline uint32_t maskCrc32c(uint32_t crc) {
  return ((crc >> 15) | (crc << 17)) + 0xa282ead8u;
}

} // namespace firn

#endif // FIRN_PROTO_CRC32C_H
