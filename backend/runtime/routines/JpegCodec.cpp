// JPEG through libjpeg-turbo. The library reports errors through a jump, which
// must not leave frames that hold objects: what needs destroying lives outside
// of the function that sets the jump.
#include "backend/runtime/routines/ImageCodec.h"

#include "absl/strings/str_cat.h"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "jpeglib.h"
// jpeglib.h does not include what this one needs.
#include "jerror.h"

namespace firn::runtime {
namespace {

/// What the library's callbacks find behind `cinfo->err`.
struct ErrorState {
  jpeg_error_mgr manager;
  std::jmp_buf leave;
  char message[JMSG_LENGTH_MAX];
  bool isTruncated;
};

void leaveWithMessage(j_common_ptr info) {
  auto *state = reinterpret_cast<ErrorState *>(info->err);
  (*info->err->format_message)(info, state->message);
  std::longjmp(state->leave, 1);
}

/// Warnings are about damaged data, of which the library makes what it can.
void ignoreMessage(j_common_ptr) {}

/// The end of the data is the warning that others may follow.
void noteMessage(j_common_ptr info, int level) {
  auto *state = reinterpret_cast<ErrorState *>(info->err);
  if (level >= 0)
    return;
  ++state->manager.num_warnings;
  state->isTruncated |= state->manager.msg_code == JWRN_JPEG_EOF;
}

void setUp(ErrorState &state) {
  jpeg_std_error(&state.manager);
  state.manager.error_exit = leaveWithMessage;
  state.manager.output_message = ignoreMessage;
  state.manager.emit_message = noteMessage;
  state.message[0] = 0;
  state.isTruncated = false;
}

absl::Status failure(const ErrorState &state) {
  return absl::InvalidArgumentError(absl::StrCat(
      "expects a JPEG image, but it cannot be decoded: ", state.message));
}

/// Everything that decoding holds; destroyed by its owner, not by jumps.
struct Decompression {
  ErrorState errors;
  jpeg_decompress_struct info;
  std::vector<JSAMPLE> row;
  uint8_t *to = nullptr;
  int64_t channels = 0;

  explicit Decompression() { setUp(errors); }
  ~Decompression() { jpeg_destroy_decompress(&info); }
};

bool startDecompression(Decompression &state, std::string_view bytes,
                        const JpegDecoding &options) {
  jpeg_decompress_struct &info = state.info;
  info.err = &state.errors.manager;
  if (setjmp(state.errors.leave))
    return false;
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char *>(bytes.data()),
               bytes.size());
  jpeg_read_header(&info, TRUE);
  state.channels =
      options.channels ? options.channels : (info.num_components == 1 ? 1 : 3);
  bool isCmyk =
      info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
  if (state.channels == 1)
    info.out_color_space = JCS_GRAYSCALE;
  else
    info.out_color_space = isCmyk ? JCS_CMYK : JCS_RGB;
  info.do_fancy_upsampling = options.fancyUpscaling;
  info.scale_num = 1;
  info.scale_denom = static_cast<unsigned>(options.ratio);
  info.dct_method = options.accurate ? JDCT_ISLOW : JDCT_IFAST;
  jpeg_calc_output_dimensions(&info);
  return true;
}

/// A row of inverted CMYK, as image programs write it, in red, green, blue.
void convertCmyk(const JSAMPLE *from, uint8_t *to, int64_t width,
                 bool isInverted) {
  for (int64_t i = 0; i < width; ++i, from += 4, to += 3)
    for (int c = 0; c < 3; ++c)
      to[c] = static_cast<uint8_t>(isInverted ? from[c] * from[3] / 255
                                              : (255 - from[c]) *
                                                    (255 - from[3]) / 255);
}

bool readRows(Decompression &state) {
  jpeg_decompress_struct &info = state.info;
  if (setjmp(state.errors.leave))
    return false;
  jpeg_start_decompress(&info);
  int64_t width = info.output_width;
  bool isCmyk = info.out_color_space == JCS_CMYK;
  while (info.output_scanline < info.output_height) {
    uint8_t *to = state.to + info.output_scanline * width * state.channels;
    JSAMPLE *row = isCmyk ? state.row.data() : to;
    if (jpeg_read_scanlines(&info, &row, 1) != 1)
      return false;
    if (isCmyk)
      convertCmyk(row, to, width, info.saw_Adobe_marker);
  }
  return true;
}

} // namespace

absl::Status checkImageSize(int64_t height, int64_t width) {
  if (height > 0 && width > 0 && height <= kMostPixels / width)
    return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("expects an image of 1 to ", kMostPixels,
                   " pixels, but its size is ", width, " x ", height));
}

absl::Status decodeJpeg(std::string_view bytes, const JpegDecoding &options,
                        PixelAllocator allocate) {
  if (options.channels != 0 && options.channels != 1 && options.channels != 3)
    return absl::InvalidArgumentError(
        absl::StrCat("expects channels 0, 1 or 3 for a JPEG image, but found ",
                     options.channels));
  Decompression state;
  std::memset(&state.info, 0, sizeof(state.info));
  if (!startDecompression(state, bytes, options))
    return failure(state.errors);
  int64_t height = state.info.output_height, width = state.info.output_width;
  if (absl::Status status = checkImageSize(height, width); !status.ok())
    return status;
  absl::StatusOr<void *> pixels = allocate(height, width, state.channels);
  if (!pixels.ok())
    return pixels.status();
  state.to = static_cast<uint8_t *>(*pixels);
  state.row.resize(static_cast<size_t>(width) * 4);
  if (!readRows(state))
    return failure(state.errors);
  if (!options.recoverTruncated && state.errors.isTruncated)
    return absl::InvalidArgumentError(
        "expects a whole JPEG image, but it ends early");
  return absl::OkStatus();
}

//===----------------------------------------------------------------------===//
// Encoding
//===----------------------------------------------------------------------===//

namespace {

struct Compression {
  ErrorState errors;
  jpeg_compress_struct info;
  unsigned char *memory = nullptr;
  unsigned long size = 0;

  explicit Compression() {
    setUp(errors);
    std::memset(&info, 0, sizeof(info));
    info.err = &errors.manager;
  }
  ~Compression() {
    jpeg_destroy_compress(&info);
    std::free(memory);
  }
};

bool compress(Compression &state, const uint8_t *pixels, int64_t height,
              int64_t width, const JpegEncoding &options) {
  jpeg_compress_struct &info = state.info;
  if (setjmp(state.errors.leave))
    return false;
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, &state.memory, &state.size);
  int channels = options.isGray ? 1 : 3;
  info.image_height = static_cast<JDIMENSION>(height);
  info.image_width = static_cast<JDIMENSION>(width);
  info.input_components = channels;
  info.in_color_space = options.isGray ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&info);
  if (options.optimizeSize)
    info.optimize_coding = TRUE;
  info.density_unit = options.densityInCentimetres ? 2 : 1;
  info.X_density = static_cast<UINT16>(options.densityX);
  info.Y_density = static_cast<UINT16>(options.densityY);
  jpeg_set_quality(&info, options.quality, TRUE);
  if (options.progressive)
    jpeg_simple_progression(&info);
  if (!options.downsampleChroma)
    for (int i = 0; i < info.num_components; ++i)
      info.comp_info[i].h_samp_factor = info.comp_info[i].v_samp_factor = 1;
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    auto *row =
        const_cast<uint8_t *>(pixels + info.next_scanline * width * channels);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  return true;
}

} // namespace

absl::StatusOr<std::string> encodeJpeg(const uint8_t *pixels, int64_t height,
                                       int64_t width,
                                       const JpegEncoding &options) {
  Compression state;
  if (!compress(state, pixels, height, width, options))
    return absl::InvalidArgumentError(
        absl::StrCat("the image cannot be encoded: ", state.errors.message));
  return std::string(reinterpret_cast<char *>(state.memory), state.size);
}

} // namespace firn::runtime
