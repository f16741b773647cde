// Routines that decode and encode images; the formats are told apart by their
// first bytes, whatever the op is called, as in TensorFlow.
#include "backend/runtime/routines/GifCodec.h"
#include "backend/runtime/routines/ImageCodec.h"
#include "backend/runtime/routines/Routines.h"
#include "backend/runtime/routines/Strings.h"

#include <algorithm>

namespace firn::runtime {
namespace {

enum class Format { Jpeg, Png, Gif, Bmp, Unknown };

Format formatOf(std::string_view bytes) {
  auto startsWith = [&](std::string_view magic) {
    return bytes.substr(0, magic.size()) == magic;
  };
  if (startsWith("\xFF\xD8\xFF"))
    return Format::Jpeg;
  if (startsWith("\x89PNG\r\n\x1A\n"))
    return Format::Png;
  if (startsWith("GIF8"))
    return Format::Gif;
  return startsWith("BM") ? Format::Bmp : Format::Unknown;
}

absl::StatusOr<JpegDecoding> jpegOptions(const Attributes &attributes,
                                         int64_t channels) {
  JpegDecoding options;
  options.channels = channels;
  options.ratio = attributes.getInt("ratio", 1);
  options.fancyUpscaling = attributes.getBool("fancy_upscaling", true);
  options.recoverTruncated = attributes.getBool("try_recover_truncated");
  std::string method = attributes.getString("dct_method");
  options.accurate = method == "INTEGER_ACCURATE";
  if (!method.empty() && method != "INTEGER_ACCURATE" &&
      method != "INTEGER_FAST")
    return absl::InvalidArgumentError(
        absl::StrCat("expects dct_method '', 'INTEGER_FAST' or "
                     "'INTEGER_ACCURATE', but found '",
                     method, "'"));
  for (int64_t ratio : {1, 2, 4, 8})
    if (options.ratio == ratio)
      return options;
  return absl::InvalidArgumentError(
      absl::StrCat("expects ratio 1, 2, 4 or 8, but found ", options.ratio));
}

/// Elements of 8 bits as wider ones, which use their whole range.
template <typename T>
void widen(std::span<const uint8_t> from, std::span<T> to) {
  for (size_t i = 0; i < from.size(); ++i) {
    if constexpr (std::is_same_v<T, float>)
      to[i] = static_cast<float>(from[i]) * (1.0f / 255.0f);
    else
      to[i] = static_cast<T>(from[i] * 257);
  }
}

/// Decoding one image into output 0, whatever its element type.
class Decoding {
public:
  /// `ofFile`: whether a GIF may have frames behind the first one.
  explicit Decoding(RoutineCall &call, bool ofFile = false)
      : call(call), ofFile(ofFile) {}

  absl::Status run() {
    auto bytes = scalarString(call, 0, "image");
    if (!bytes.ok())
      return bytes.status();
    DType dtype = call.outputType(0);
    if (dtype != DType::UInt8 && dtype != DType::UInt16 &&
        dtype != DType::Float)
      return absl::UnimplementedError(absl::StrCat(
          "unsupported op: it does not give ", std::string(nameOf(dtype))));
    int64_t channels = call.attributes().getInt("channels");
    if (channels != 0 && channels != 1 && channels != 3 && channels != 4)
      return absl::InvalidArgumentError(
          absl::StrCat("expects channels 0, 1, 3 or 4, but found ", channels));
    Format format = formatOf(*bytes);
    // PNG alone has deep pixels.
    if (format == Format::Png && dtype != DType::UInt8)
      return decodeDeep(*bytes, channels);
    if (dtype == DType::UInt8)
      return decode(*bytes, format, channels,
                    [&](auto... shape) { return allocateOutput(shape...); });
    return decodeAndWiden(*bytes, format, channels);
  }

  /// All frames, of which images of other formats have one.
  absl::Status runFrames() {
    auto bytes = scalarString(call, 0, "image");
    if (!bytes.ok())
      return bytes.status();
    auto allocate = [&](int64_t frames, int64_t height,
                        int64_t width) -> absl::StatusOr<void *> {
      auto view = call.output(0, Shape{frames, height, width, 3});
      if (!view.ok())
        return view.status();
      return view->data;
    };
    Format format = formatOf(*bytes);
    if (format == Format::Gif)
      return decodeGif(*bytes, GifFrames::All, allocate);
    return decode(*bytes, format, 3,
                  [&](int64_t height, int64_t width, int64_t) {
                    return allocate(1, height, width);
                  });
  }

private:
  absl::StatusOr<void *> allocateOutput(int64_t height, int64_t width,
                                        int64_t channels) {
    auto view = call.output(0, Shape{height, width, channels});
    if (!view.ok())
      return view.status();
    return view->data;
  }

  absl::Status decode(std::string_view bytes, Format format, int64_t channels,
                      PixelAllocator allocate) {
    switch (format) {
    case Format::Jpeg: {
      auto options = jpegOptions(call.attributes(), channels);
      return options.ok() ? decodeJpeg(bytes, *options, allocate)
                          : options.status();
    }
    case Format::Png:
      return decodePng(bytes, channels, 8, allocate);
    case Format::Bmp:
      return decodeBmp(bytes, channels, allocate);
    case Format::Gif:
      return decodeFrame(bytes, channels, allocate);
    case Format::Unknown:
      break;
    }
    return absl::InvalidArgumentError(
        "expects a JPEG, PNG, GIF or BMP image, but its first bytes are of "
        "none");
  }

  /// A GIF as one image. DecodeImage may give all frames, whose rank is another
  /// one than that of other images.
  absl::Status decodeFrame(std::string_view bytes, int64_t channels,
                           PixelAllocator allocate) {
    if (ofFile && call.attributes().getBool("expand_animations", true))
      return absl::UnimplementedError(
          "unsupported op: the image is a GIF, whose frames only DecodeGif "
          "gives (or DecodeImage without expand_animations the first)");
    if (channels != 0 && channels != 3)
      return absl::InvalidArgumentError(absl::StrCat(
          "expects 0 or 3 channels of a GIF image, but found ", channels));
    return decodeGif(bytes, ofFile ? GifFrames::First : GifFrames::Only,
                     [&](int64_t, int64_t height, int64_t width) {
                       return allocate(height, width, 3);
                     });
  }

  absl::Status decodeDeep(std::string_view bytes, int64_t channels) {
    if (call.outputType(0) == DType::UInt16)
      return decodePng(bytes, channels, 16,
                       [&](auto... shape) { return allocateOutput(shape...); });
    std::vector<uint16_t> pixels;
    Shape shape;
    absl::Status status = decodePng(bytes, channels, 16, [&](auto... dims) {
      shape = {dims...};
      pixels.resize(static_cast<size_t>(*firn::numElements(shape)));
      return absl::StatusOr<void *>(pixels.data());
    });
    if (!status.ok())
      return status;
    auto output = call.outputValues<float>(0, shape);
    if (!output.ok())
      return output.status();
    std::transform(pixels.begin(), pixels.end(), output->begin(),
                   [](uint16_t v) { return v * (1.0f / 65535.0f); });
    return absl::OkStatus();
  }

  absl::Status decodeAndWiden(std::string_view bytes, Format format,
                              int64_t channels) {
    std::vector<uint8_t> pixels;
    Shape shape;
    absl::Status status = decode(bytes, format, channels, [&](auto... dims) {
      shape = {dims...};
      pixels.resize(static_cast<size_t>(*firn::numElements(shape)));
      return absl::StatusOr<void *>(pixels.data());
    });
    if (!status.ok())
      return status;
    if (call.outputType(0) == DType::Float) {
      auto output = call.outputValues<float>(0, shape);
      if (output.ok())
        widen<float>(pixels, *output);
      return output.status();
    }
    auto output = call.outputValues<uint16_t>(0, shape);
    if (output.ok())
      widen<uint16_t>(pixels, *output);
    return output.status();
  }

  RoutineCall &call;
  bool ofFile;
};

absl::Status decodeImage(RoutineCall &call) { return Decoding(call).run(); }

absl::Status decodeFile(RoutineCall &call) {
  return Decoding(call, /*ofFile=*/true).run();
}

absl::Status decodeFrames(RoutineCall &call) {
  return Decoding(call).runFrames();
}

//===----------------------------------------------------------------------===//
// Encoding
//===----------------------------------------------------------------------===//

absl::Status expectPixels(const TensorView &image, int64_t most) {
  if (image.rank == 3 && image.dims[2] >= 1 && image.dims[2] <= most)
    return checkImageSize(image.dims[0], image.dims[1]);
  return absl::InvalidArgumentError(absl::StrCat(
      "expects an image of shape [height, width, channels] with 1 "
      "to ",
      most, " channels, but found ", shapeToString(image.shape())));
}

absl::Status giveText(RoutineCall &call, absl::StatusOr<std::string> text) {
  if (!text.ok())
    return text.status();
  auto output = call.outputValues<StringRef>(0, {});
  if (output.ok())
    (*output)[0] = call.newString(*std::move(text));
  return output.status();
}

absl::Status encodeJpegImage(RoutineCall &call) {
  const TensorView &image = call.input(0);
  const Attributes &attributes = call.attributes();
  if (absl::Status status = expectPixels(image, 3); !status.ok())
    return status;
  std::string format = attributes.getString("format");
  int64_t wanted = format == "grayscale" ? 1 : format == "rgb" ? 3 : 0;
  int64_t channels = image.dims[2], quality = attributes.getInt("quality", 95);
  if (channels == 2 || (wanted != 0 && wanted != channels))
    return absl::InvalidArgumentError(
        absl::StrCat("expects 1 or 3 channels that fit the format '", format,
                     "', but found ", channels));
  if (quality < 0 || quality > 100)
    return absl::InvalidArgumentError(
        absl::StrCat("expects a quality from 0 to 100, but found ", quality));
  if (!attributes.getString("xmp_metadata").empty())
    return absl::UnimplementedError("unsupported op: it has XMP metadata");
  JpegEncoding options;
  options.isGray = channels == 1;
  options.quality = static_cast<int>(quality);
  options.progressive = attributes.getBool("progressive");
  options.optimizeSize = attributes.getBool("optimize_size");
  options.downsampleChroma = attributes.getBool("chroma_downsampling", true);
  options.densityInCentimetres =
      attributes.getString("density_unit", "in") == "cm";
  options.densityX = static_cast<int>(attributes.getInt("x_density", 300));
  options.densityY = static_cast<int>(attributes.getInt("y_density", 300));
  return giveText(call, encodeJpeg(call.values<uint8_t>(0).data(),
                                   image.dims[0], image.dims[1], options));
}

absl::Status encodePngImage(RoutineCall &call) {
  const TensorView &image = call.input(0);
  if (absl::Status status = expectPixels(image, 4); !status.ok())
    return status;
  int64_t compression = call.attributes().getInt("compression", -1);
  if (compression < -1 || compression > 9)
    return absl::InvalidArgumentError(absl::StrCat(
        "expects a compression from -1 to 9, but found ", compression));
  return giveText(call, encodePng(image.data, image.dims[0], image.dims[1],
                                  image.dims[2],
                                  image.dtype == DType::UInt16 ? 16 : 8,
                                  static_cast<int>(compression)));
}

} // namespace

void addImageRoutines(RoutineTable &table) {
  table.add("DecodeJpeg", decodeImage);
  table.add("DecodePng", decodeImage);
  table.add("DecodeBmp", decodeImage);
  table.add("DecodeImage", decodeFile);
  table.add("DecodeGif", decodeFrames);
  table.add("EncodeJpeg", encodeJpegImage);
  table.add("EncodePng", encodePngImage);
}

} // namespace firn::runtime
