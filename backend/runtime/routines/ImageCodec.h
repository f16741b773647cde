// Encoded images to pixels and back, a function a file format. Pixels are rows
// of interleaved channels. What a file says of its size is checked against
// kMostPixels before memory is asked for.
#ifndef FIRN_BACKEND_RUNTIME_ROUTINES_IMAGECODEC_H
#define FIRN_BACKEND_RUNTIME_ROUTINES_IMAGECODEC_H

#include "backend/runtime/Shape.h"

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"

#include <string>
#include <string_view>

namespace firn::runtime {

/// TensorFlow's own limit.
inline constexpr int64_t kMostPixels = int64_t{1} << 29;

/// Asked once for the memory of height * width * channels elements.
using PixelAllocator = absl::FunctionRef<absl::StatusOr<void *>(
    int64_t height, int64_t width, int64_t channels)>;

struct JpegDecoding {
  int64_t channels = 0; // 1, 3, or 0: as in the file
  int64_t ratio = 1;    // 1, 2, 4 or 8: scaled down by it
  bool fancyUpscaling = true;
  bool recoverTruncated = false;
  bool accurate = false; // the slower, more accurate transform
};
absl::Status decodeJpeg(std::string_view bytes, const JpegDecoding &options,
                        PixelAllocator allocate);

struct JpegEncoding {
  bool isGray = false;
  int quality = 95;
  bool progressive = false, optimizeSize = false, downsampleChroma = true;
  bool densityInCentimetres = false;
  int densityX = 300, densityY = 300;
};
absl::StatusOr<std::string> encodeJpeg(const uint8_t *pixels, int64_t height,
                                       int64_t width,
                                       const JpegEncoding &options);

/// `depth`: the bits of an element to give, 8 or 16. Channels 0: as in the file
/// (a palette counts as what it holds).
absl::Status decodePng(std::string_view bytes, int64_t channels, int depth,
                       PixelAllocator allocate);
absl::StatusOr<std::string> encodePng(const void *pixels, int64_t height,
                                      int64_t width, int64_t channels,
                                      int depth, int compression);

/// Uncompressed BMP of 8 (gray), 24 or 32 bits a pixel.
absl::Status decodeBmp(std::string_view bytes, int64_t channels,
                       PixelAllocator allocate);

/// An error unless an image of that size may be decoded.
absl::Status checkImageSize(int64_t height, int64_t width);

} // namespace firn::runtime

#endif // FIRN_BACKEND_RUNTIME_ROUTINES_IMAGECODEC_H
