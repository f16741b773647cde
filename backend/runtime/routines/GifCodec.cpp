// GIF images through giflib. As in TensorFlow, the size is that of the largest
// frame, what no frame has painted is black, and of a file that ends early the
// frames before are taken.
#include "backend/runtime/routines/GifCodec.h"
#include "backend/runtime/routines/ImageCodec.h"

#include "absl/strings/str_cat.h"

#include <algorithm>
#include <cstring>
#include <gif_lib.h>
#include <memory>
#include <utility>
#include <vector>

namespace firn::runtime {
namespace {

constexpr int64_t kChannels = 3;
/// A code of 3 bits at least stands for 4096 pixels at most.
constexpr int64_t kPixelsPerByte = 4096 * 8 / 3;

absl::Status fail(const std::string &why) {
  return absl::InvalidArgumentError(
      absl::StrCat("expects a GIF image, but ", why));
}

struct Closer {
  void operator()(GifFileType *file) const { DGifCloseFile(file, nullptr); }
};

int readBytes(GifFileType *file, GifByteType *to, int count) {
  auto *left = static_cast<std::string_view *>(file->UserData);
  size_t taken = std::min(static_cast<size_t>(count), left->size());
  std::memcpy(to, left->data(), taken);
  left->remove_prefix(taken);
  return static_cast<int>(taken);
}

/// A frame as the numbers of colours, row by row.
struct Frame {
  std::vector<GifByteType> pixels;
  int transparent = NO_TRANSPARENT_COLOR;
};

/// The rows of the frame that comes next.
bool readRows(GifFileType *file, std::vector<GifByteType> &pixels) {
  int height = file->Image.Height, width = file->Image.Width;
  pixels.resize(static_cast<size_t>(height) * static_cast<size_t>(width));
  auto readFrom = [&](int first, int step) {
    for (int row = first; row < height; row += step)
      if (DGifGetLine(file, pixels.data() + int64_t(row) * width, width) !=
          GIF_OK)
        return false;
    return true;
  };
  if (!file->Image.Interlace)
    return readFrom(0, 1);
  return readFrom(0, 8) && readFrom(4, 8) && readFrom(2, 4) && readFrom(1, 2);
}

/// The whole frames of a file.
absl::StatusOr<std::vector<Frame>> readFrames(GifFileType *file) {
  std::vector<Frame> frames;
  GifRecordType record = UNDEFINED_RECORD_TYPE;
  int transparent = NO_TRANSPARENT_COLOR;
  int64_t pixels = 0;
  while (DGifGetRecordType(file, &record) == GIF_OK &&
         record != TERMINATE_RECORD_TYPE) {
    if (record == IMAGE_DESC_RECORD_TYPE) {
      if (DGifGetImageDesc(file) != GIF_OK)
        break;
      int64_t height = file->Image.Height, width = file->Image.Width;
      if (absl::Status status = checkImageSize(height, width); !status.ok())
        return status;
      // A few bytes can claim any size; the frame would not be whole.
      auto *left = static_cast<std::string_view *>(file->UserData);
      if (height * width > static_cast<int64_t>(left->size()) * kPixelsPerByte)
        break;
      pixels += height * width;
      if (pixels > kMostPixels)
        return fail("it has too many frames");
      Frame frame;
      frame.transparent = std::exchange(transparent, NO_TRANSPARENT_COLOR);
      if (!readRows(file, frame.pixels))
        break;
      frames.push_back(std::move(frame));
      continue;
    }
    int code = 0;
    GifByteType *block = nullptr;
    if (record != EXTENSION_RECORD_TYPE ||
        DGifGetExtension(file, &code, &block) != GIF_OK)
      break;
    GraphicsControlBlock control = {};
    if (block && code == GRAPHICS_EXT_FUNC_CODE &&
        DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK)
      transparent = control.TransparentColor;
    while (block && DGifGetExtensionNext(file, &block) == GIF_OK) {
    }
  }
  return frames;
}

/// Paints a frame over `to`, an image of this size.
absl::Status paint(const Frame &frame, const GifImageDesc &area,
                   const ColorMapObject *colors, int64_t height, int64_t width,
                   uint8_t *to) {
  if (!colors)
    return fail("a frame has no colours");
  int64_t bottom = std::min<int64_t>(int64_t(area.Top) + area.Height, height);
  int64_t right = std::min<int64_t>(int64_t(area.Left) + area.Width, width);
  for (int64_t y = std::max(area.Top, 0); y < bottom; ++y)
    for (int64_t x = std::max(area.Left, 0); x < right; ++x) {
      int color = frame.pixels[(y - area.Top) * area.Width + (x - area.Left)];
      if (color == frame.transparent)
        continue;
      if (color >= colors->ColorCount)
        return fail(absl::StrCat("a frame has colour ", color, " of ",
                                 colors->ColorCount));
      const GifColorType &rgb = colors->Colors[color];
      uint8_t *pixel = to + (y * width + x) * kChannels;
      pixel[0] = rgb.Red;
      pixel[1] = rgb.Green;
      pixel[2] = rgb.Blue;
    }
  return absl::OkStatus();
}

} // namespace

absl::Status decodeGif(std::string_view bytes, GifFrames which,
                       FrameAllocator allocate) {
  int error = 0;
  std::unique_ptr<GifFileType, Closer> file(
      DGifOpen(&bytes, readBytes, &error));
  if (!file)
    return fail("its header cannot be read");
  absl::StatusOr<std::vector<Frame>> frames = readFrames(file.get());
  if (!frames.ok())
    return frames.status();
  if (frames->empty())
    return fail("it has no whole frame");
  if (which == GifFrames::Only && frames->size() > 1)
    return fail(absl::StrCat("it has ", frames->size(),
                             " frames, which DecodeGif alone gives"));
  int64_t height = 0, width = 0;
  for (size_t i = 0; i < frames->size(); ++i) {
    const GifImageDesc &area = file->SavedImages[i].ImageDesc;
    height = std::max<int64_t>(height, area.Height);
    width = std::max<int64_t>(width, area.Width);
  }
  if (which != GifFrames::All)
    frames->resize(1);
  auto count = static_cast<int64_t>(frames->size());
  if (count * height * width > kMostPixels)
    return fail("it has too many frames");
  absl::StatusOr<void *> memory = allocate(count, height, width);
  if (!memory.ok())
    return memory.status();
  auto *to = static_cast<uint8_t *>(*memory);
  int64_t size = height * width * kChannels;
  std::fill_n(to, size, 0);
  for (int64_t i = 0; i < count; ++i, to += size) {
    if (i > 0)
      std::copy_n(to - size, size, to);
    const GifImageDesc &area = file->SavedImages[i].ImageDesc;
    if (absl::Status status = paint(
            (*frames)[i], area, area.ColorMap ? area.ColorMap : file->SColorMap,
            height, width, to);
        !status.ok())
      return status;
  }
  return absl::OkStatus();
}

} // namespace firn::runtime
