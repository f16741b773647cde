// PNG through libpng. As in JpegCodec.cpp, jumps of the library leave only
// frames without objects.
#include "backend/runtime/routines/ImageCodec.h"

#include "absl/strings/str_cat.h"

#include <bit>
#include <csetjmp>
#include <cstring>
#include <vector>

#include "png.h"

namespace firn::runtime {
namespace {

constexpr bool kIsLittle = std::endian::native == std::endian::little;

/// What reading or writing holds; destroyed by its owner.
struct Transfer {
  png_structp png = nullptr;
  png_infop info = nullptr;
  bool isReading = false;
  std::string_view rest; // to be read
  std::string written;   // what was written
  char message[256] = "";
  std::vector<png_bytep> rows;

  ~Transfer() {
    if (isReading)
      png_destroy_read_struct(&png, &info, nullptr);
    else
      png_destroy_write_struct(&png, &info);
  }
};

void noteError(png_structp png, png_const_charp message) {
  auto *state = static_cast<Transfer *>(png_get_error_ptr(png));
  std::strncpy(state->message, message, sizeof(state->message) - 1);
  png_longjmp(png, 1);
}
void ignoreWarning(png_structp, png_const_charp) {}

void readBytes(png_structp png, png_bytep to, size_t size) {
  auto *state = static_cast<Transfer *>(png_get_io_ptr(png));
  if (size > state->rest.size())
    png_error(png, "it ends early");
  std::memcpy(to, state->rest.data(), size);
  state->rest.remove_prefix(size);
}
void writeBytes(png_structp png, png_bytep from, size_t size) {
  auto *state = static_cast<Transfer *>(png_get_io_ptr(png));
  state->written.append(reinterpret_cast<char *>(from), size);
}

struct PngShape {
  int64_t height, width, channels;
};

/// Reads the header and asks for the wanted form of the pixels.
bool readHeader(Transfer &state, int64_t channels, int depth, PngShape &shape) {
  png_structp png = state.png;
  if (setjmp(png_jmpbuf(png)))
    return false;
  png_set_read_fn(png, &state, readBytes);
  png_read_info(png, state.info);
  int color = png_get_color_type(png, state.info);
  bool hasTransparency = png_get_valid(png, state.info, PNG_INFO_tRNS) != 0;
  shape = {png_get_image_height(png, state.info),
           png_get_image_width(png, state.info), channels};
  if (shape.channels == 0)
    shape.channels = color == PNG_COLOR_TYPE_PALETTE
                         ? (hasTransparency ? 4 : 3)
                         : png_get_channels(png, state.info);
  bool wantsAlpha = shape.channels == 2 || shape.channels == 4;
  // Spreading a palette, or samples to 16 bits, brings the alpha of a tRNS
  // chunk with it.
  bool hasAlpha = (color & PNG_COLOR_MASK_ALPHA) != 0 ||
                  (hasTransparency && (wantsAlpha || depth == 16 ||
                                       color == PNG_COLOR_TYPE_PALETTE));
  if (color == PNG_COLOR_TYPE_PALETTE)
    png_set_palette_to_rgb(png);
  if (color == PNG_COLOR_TYPE_GRAY)
    png_set_expand_gray_1_2_4_to_8(png);
  if (wantsAlpha && hasTransparency)
    png_set_tRNS_to_alpha(png);
  if (wantsAlpha && !hasAlpha)
    png_set_add_alpha(png, depth == 16 ? 0xFFFF : 0xFF, PNG_FILLER_AFTER);
  if (!wantsAlpha && hasAlpha)
    png_set_strip_alpha(png);
  if (depth == 8)
    png_set_strip_16(png);
  else
    png_set_expand_16(png);
  bool isColor = (color & PNG_COLOR_MASK_COLOR) != 0;
  if (isColor && shape.channels < 3)
    png_set_rgb_to_gray(png, 1, 0.299, 0.587);
  if (!isColor && shape.channels >= 3)
    png_set_gray_to_rgb(png);
  if (depth == 16 && kIsLittle)
    png_set_swap(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, state.info);
  return true;
}

bool readRows(Transfer &state) {
  if (setjmp(png_jmpbuf(state.png)))
    return false;
  png_read_image(state.png, state.rows.data());
  return true;
}

bool writeImage(Transfer &state, const PngShape &shape, int depth,
                int compression) {
  png_structp png = state.png;
  if (setjmp(png_jmpbuf(png)))
    return false;
  static constexpr int colors[] = {
      PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
      PNG_COLOR_TYPE_RGB_ALPHA};
  png_set_write_fn(png, &state, writeBytes, nullptr);
  if (compression >= 0)
    png_set_compression_level(png, compression);
  png_set_IHDR(png, state.info, static_cast<png_uint_32>(shape.width),
               static_cast<png_uint_32>(shape.height), depth,
               colors[shape.channels - 1], PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, state.info);
  if (depth == 16 && kIsLittle)
    png_set_swap(png);
  png_write_image(png, state.rows.data());
  png_write_end(png, nullptr);
  return true;
}

void setRows(Transfer &state, const PngShape &shape, int depth, void *pixels) {
  int64_t rowBytes = shape.width * shape.channels * (depth / 8);
  for (int64_t row = 0; row < shape.height; ++row)
    state.rows.push_back(static_cast<png_bytep>(pixels) + row * rowBytes);
}

} // namespace

absl::Status decodePng(std::string_view bytes, int64_t channels, int depth,
                       PixelAllocator allocate) {
  Transfer state;
  state.isReading = true;
  state.rest = bytes;
  state.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &state, noteError,
                                     ignoreWarning);
  state.info = state.png ? png_create_info_struct(state.png) : nullptr;
  if (!state.info)
    return absl::ResourceExhaustedError("no memory to decode the image");
  auto failure = [&] {
    return absl::InvalidArgumentError(absl::StrCat(
        "expects a PNG image, but it cannot be decoded: ", state.message));
  };
  PngShape shape{};
  if (!readHeader(state, channels, depth, shape))
    return failure();
  if (absl::Status status = checkImageSize(shape.height, shape.width);
      !status.ok())
    return status;
  if (png_get_rowbytes(state.png, state.info) !=
      static_cast<size_t>(shape.width * shape.channels * (depth / 8)))
    return absl::InvalidArgumentError(
        "expects a PNG image with 1 to 4 channels of 8 or 16 bits");
  absl::StatusOr<void *> pixels =
      allocate(shape.height, shape.width, shape.channels);
  if (!pixels.ok())
    return pixels.status();
  setRows(state, shape, depth, *pixels);
  return readRows(state) ? absl::OkStatus() : failure();
}

absl::StatusOr<std::string> encodePng(const void *pixels, int64_t height,
                                      int64_t width, int64_t channels,
                                      int depth, int compression) {
  Transfer state;
  state.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &state, noteError,
                                      ignoreWarning);
  state.info = state.png ? png_create_info_struct(state.png) : nullptr;
  if (!state.info)
    return absl::ResourceExhaustedError("no memory to encode the image");
  PngShape shape{height, width, channels};
  setRows(state, shape, depth, const_cast<void *>(pixels));
  if (!writeImage(state, shape, depth, compression))
    return absl::InvalidArgumentError(
        absl::StrCat("the image cannot be encoded: ", state.message));
  return std::move(state.written);
}

} // namespace firn::runtime
