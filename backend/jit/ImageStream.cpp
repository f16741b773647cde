// See ImageStream.h.
#include "backend/jit/ImageStream.h"

#include "llvm/Support/MathExtras.h"
#include "llvm/Support/xxhash.h"

#include <algorithm>
#include <atomic>

namespace firn::jit {

/// Checksums are of pieces, so that one large blob is work for all threads.
static constexpr int64_t kPieceBytes = int64_t(4) << 20;

static int64_t numPieces(int64_t bytes) {
  return static_cast<int64_t>(llvm::divideCeil(bytes, kPieceBytes));
}

static uint64_t checksum(const void *data, int64_t bytes) {
  return llvm::xxh3_64bits(llvm::ArrayRef<uint8_t>(
      static_cast<const uint8_t *>(data), static_cast<size_t>(bytes)));
}

static uint64_t combine(llvm::ArrayRef<uint64_t> checksums) {
  return checksum(checksums.data(),
                  static_cast<int64_t>(checksums.size() * sizeof(uint64_t)));
}

void ImageWriter::blob(const void *data, int64_t size) {
  auto *bytes = static_cast<const char *>(data);
  std::vector<uint64_t> checksums;
  for (int64_t at = 0; at < size; at += kPieceBytes)
    checksums.push_back(checksum(bytes + at, std::min(kPieceBytes, size - at)));
  number(static_cast<uint64_t>(size));
  number(combine(checksums));
  parts.emplace_back(bytes, static_cast<size_t>(size));
}

void ImageReader::blob(void *memory, int64_t bytes) {
  uint64_t size = number();
  uint64_t sum = number();
  if (hasFailed || size != static_cast<uint64_t>(bytes) || !mayHaveBlob(bytes))
    return fail();
  blobs.push_back({static_cast<char *>(memory), nextBlob, bytes, sum});
  nextBlob += static_cast<int64_t>(
      llvm::alignTo(static_cast<uint64_t>(bytes), kBlobAlignment));
}

void ImageReader::readBlobs() {
  struct Piece {
    char *memory;
    int64_t offset, bytes;
  };
  std::vector<Piece> pieces;
  for (const Blob &blob : blobs)
    for (int64_t at = 0; at < blob.bytes; at += kPieceBytes)
      pieces.push_back({blob.memory + at, blob.offset + at,
                        std::min(kPieceBytes, blob.bytes - at)});
  std::vector<uint64_t> checksums(pieces.size());
  std::atomic<bool> allRead = true;
  auto read = [&](int64_t number) {
    const Piece &piece = pieces[static_cast<size_t>(number)];
    if (!readBlob(piece.memory, piece.offset, piece.bytes))
      allRead = false;
    checksums[static_cast<size_t>(number)] =
        checksum(piece.memory, piece.bytes);
  };
  auto count = static_cast<int64_t>(pieces.size());
  if (pool)
    pool->forEach(count, read);
  else
    for (int64_t number = 0; number < count; ++number)
      read(number);
  llvm::ArrayRef<uint64_t> rest = checksums;
  for (const Blob &blob : blobs) {
    auto own = static_cast<size_t>(numPieces(blob.bytes));
    if (combine(rest.take_front(own)) != blob.checksum)
      allRead = false;
    rest = rest.drop_front(own);
  }
  blobs.clear();
  if (!allRead)
    fail();
}

} // namespace firn::jit
