// See ImageStream.h.
#include "backend/jit/ImageStream.h"

#include "llvm/Support/MathExtras.h"
#include "llvm/Support/xxhash.h"

namespace firn::jit {

static uint64_t checksum(const void *data, int64_t bytes) {
  return llvm::xxh3_64bits(llvm::ArrayRef<uint8_t>(
      static_cast<const uint8_t *>(data), static_cast<size_t>(bytes)));
}

void ImageWriter::blob(const void *data, int64_t size) {
  number(static_cast<uint64_t>(size));
  number(checksum(data, size));
  parts.emplace_back(static_cast<const char *>(data),
                     static_cast<size_t>(size));
}

void ImageReader::blob(void *memory, int64_t bytes) {
  uint64_t size = number();
  uint64_t sum = number();
  if (hasFailed || size != static_cast<uint64_t>(bytes) ||
      !mayHaveBlob(bytes) || !readBlob(memory, nextBlob, bytes) ||
      checksum(memory, bytes) != sum)
    return fail();
  nextBlob += static_cast<int64_t>(
      llvm::alignTo(static_cast<uint64_t>(bytes), kBlobAlignment));
}

} // namespace firn::jit
