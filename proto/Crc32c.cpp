// CRC-32C by isa-l, which uses SSE4.2 and PCLMUL where the CPU has them.
#include "proto/Crc32c.h"

#include <algorithm>
#include <isa-l/crc.h>

namespace firn {

uint32_t extendCrc32c(uint32_t crc, absl::string_view bytes) {
  // isa-l takes an int length, and the register without the final inversion.
  constexpr size_t chunkSize = size_t(1) << 30;
  uint32_t state = ~crc;
  while (!bytes.empty()) {
    absl::string_view chunk = bytes.substr(0, chunkSize);
    auto *begin =
        reinterpret_cast<unsigned char *>(const_cast<char *>(chunk.data()));
    state = crc32_iscsi(begin, static_cast<int>(chunk.size()), state);
    bytes.remove_prefix(chunk.size());
  }
  return ~state;
}

} // namespace firn
