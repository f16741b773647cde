// BMP: a header, an optional mask of channels (not used), rows from the bottom
// up (or, with a negative height, from the top), each padded to four bytes.
#include "backend/runtime/routines/ImageCodec.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <cstring>

namespace firn::runtime {
namespace {

template <typename T> T load(std::string_view bytes, size_t at) {
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof(value));
  return value;
}

} // namespace

absl::Status decodeBmp(std::string_view bytes, int64_t channels,
                       PixelAllocator allocate) {
  auto fail = [](const std::string &why) {
    return absl::InvalidArgumentError(
        absl::StrCat("expects a BMP image, but ", why));
  };
  if (bytes.size() < 32)
    return fail("it ends early");
  int64_t start = load<uint32_t>(bytes, 10);
  int64_t width = load<int32_t>(bytes, 18);
  int64_t height = load<int32_t>(bytes, 22);
  int64_t bits = load<uint16_t>(bytes, 28);
  bool fromTop = height < 0;
  height = fromTop ? -height : height;
  if (absl::Status status = checkImageSize(height, width); !status.ok())
    return status;
  if (bits != 8 && bits != 24 && bits != 32)
    return fail(
        absl::StrCat("it has ", bits, " bits a pixel instead of 8, 24 or 32"));
  int64_t own = bits / 8;
  if (channels != 0 && channels != own)
    return fail(
        absl::StrCat("it has ", own, " channels instead of ", channels));
  int64_t rowBytes = (own * width + 3) / 4 * 4;
  if (start < 0 || start > static_cast<int64_t>(bytes.size()) ||
      height * rowBytes > static_cast<int64_t>(bytes.size()) - start)
    return fail("it ends early");
  absl::StatusOr<void *> pixels = allocate(height, width, own);
  if (!pixels.ok())
    return pixels.status();
  auto *to = static_cast<uint8_t *>(*pixels);
  for (int64_t row = 0; row < height; ++row) {
    const char *from =
        bytes.data() + start + (fromTop ? row : height - 1 - row) * rowBytes;
    for (int64_t i = 0; i < width; ++i, from += own, to += own) {
      std::copy_n(from, own, reinterpret_cast<char *>(to));
      if (own >= 3) // blue, green, red
        std::swap(to[0], to[2]);
    }
  }
  return absl::OkStatus();
}

} // namespace firn::runtime
