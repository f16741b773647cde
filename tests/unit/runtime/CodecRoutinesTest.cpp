// Images through their formats and back, and the decoders of CTC against
// sequences worked out by hand.
#include "tests/unit/runtime/RoutineTest.h"

#include <cmath>

namespace firn::runtime {
namespace {

using Ints = std::vector<int64_t>;
using Bytes = std::vector<uint8_t>;

std::string encoded(const std::string &op, const Shape &shape,
                    const Bytes &pixels) {
  auto out = RoutineRun(op)
                 .input<uint8_t>(shape, pixels)
                 .result(DType::String, 0)
                 .run();
  EXPECT_TRUE(out.ok()) << out.status();
  return out.ok() ? (*out)[0].strings()[0] : "";
}

absl::StatusOr<std::vector<Tensor>> decoded(const std::string &op,
                                            std::string bytes,
                                            int64_t channels = 0,
                                            DType dtype = DType::UInt8) {
  return RoutineRun(op)
      .attr("channels", channels)
      .text({}, {std::move(bytes)})
      .result(dtype, 3)
      .run();
}

// A PNG of two pixels with the palette {(200, 100, 50), (10, 20, 30)}, of which
// the first colour is half transparent; and a gray one, {7, 9}, in which 7 is
// transparent.
const char kPalette[] =
    "\x89\x50\x4E\x47\x0D\x0A\x1A\x0A\x00\x00\x00\x0D\x49\x48\x44\x52"
    "\x00\x00\x00\x02\x00\x00\x00\x01\x08\x03\x00\x00\x00\xC3\xFC\x8F"
    "\xB8\x00\x00\x00\x06\x50\x4C\x54\x45\xC8\x64\x32\x0A\x14\x1E\xB7"
    "\x7A\xAB\x51\x00\x00\x00\x01\x74\x52\x4E\x53\x80\xAD\x5E\x5B\x46"
    "\x00\x00\x00\x0B\x49\x44\x41\x54\x78\x9C\x63\x60\x60\x04\x00\x00"
    "\x04\x00\x02\xBF\x7A\x3F\x4A\x00\x00\x00\x00\x49\x45\x4E\x44\xAE"
    "\x42\x60\x82";

const char kGray[] =
    "\x89\x50\x4E\x47\x0D\x0A\x1A\x0A\x00\x00\x00\x0D\x49\x48\x44\x52"
    "\x00\x00\x00\x02\x00\x00\x00\x01\x08\x00\x00\x00\x00\xD1\x49\x20"
    "\x56\x00\x00\x00\x02\x74\x52\x4E\x53\x00\x07\xE8\xF7\x58\x9B\x00"
    "\x00\x00\x0B\x49\x44\x41\x54\x78\x9C\x63\x60\xE7\x04\x00\x00\x1A"
    "\x00\x11\x60\xCD\x24\x92\x00\x00\x00\x00\x49\x45\x4E\x44\xAE\x42"
    "\x60\x82";

template <size_t N> std::string bytesOf(const char (&text)[N]) {
  return std::string(text, N - 1);
}

// A palette is spread; its transparency is there if it is asked for.
TEST(ImageRoutinesTest, PngTransparency) {
  auto pixels = [](const std::string &png, int64_t channels, DType dtype) {
    auto out = decoded("DecodePng", png, channels, dtype);
    EXPECT_TRUE(out.ok()) << out.status();
    std::vector<int64_t> values;
    if (out.ok() && dtype == DType::UInt8)
      for (uint8_t value : (*out)[0].values<uint8_t>())
        values.push_back(value);
    else if (out.ok())
      for (uint16_t value : (*out)[0].values<uint16_t>())
        values.push_back(value / 257);
    return values;
  };
  for (DType dtype : {DType::UInt8, DType::UInt16}) {
    std::string palette = bytesOf(kPalette), gray = bytesOf(kGray);
    Ints spread{200, 100, 50, 128, 10, 20, 30, 255};
    EXPECT_EQ(pixels(palette, 0, dtype), spread);
    EXPECT_EQ(pixels(palette, 4, dtype), spread);
    EXPECT_EQ(pixels(palette, 3, dtype), (Ints{200, 100, 50, 10, 20, 30}));
    EXPECT_EQ(pixels(palette, 1, dtype).size(), 2u);
    EXPECT_EQ(pixels(gray, 0, dtype), (Ints{7, 9}));
    EXPECT_EQ(pixels(gray, 1, dtype), (Ints{7, 9}));
    EXPECT_EQ(pixels(gray, 3, dtype), (Ints{7, 7, 7, 9, 9, 9}));
    EXPECT_EQ(pixels(gray, 4, dtype), (Ints{7, 7, 7, 0, 9, 9, 9, 255}));
  }
}

// JPEG has no transparency to give.
TEST(ImageRoutinesTest, JpegHasNoFourChannels) {
  std::string jpeg = encoded("EncodeJpeg", {1, 1, 3}, {1, 2, 3});
  EXPECT_TRUE(decoded("DecodeJpeg", jpeg, 3).ok());
  EXPECT_EQ(decoded("DecodeJpeg", jpeg, 4).status().message(),
            "expects channels 0, 1 or 3 for a JPEG image, but found 4");
}

TEST(ImageRoutinesTest, PngKeepsEveryPixel) {
  Bytes pixels{1, 2, 3, 4, 5, 6, 7, 8, 9, 250, 251, 252};
  std::string png = encoded("EncodePng", {2, 2, 3}, pixels);
  auto out = decoded("DecodePng", png);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].shape(), (Shape{2, 2, 3}));
  EXPECT_EQ(valuesOf<uint8_t>((*out)[0]), pixels);
  // With an alpha channel that is not in the file, and as wider elements.
  out = decoded("DecodeImage", png, 4);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<uint8_t>((*out)[0])[3], 255);
  out = decoded("DecodePng", png, 3, DType::UInt16);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<uint16_t>((*out)[0])[0], 257);
  out = decoded("DecodeImage", png, 3, DType::Float);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_NEAR(valuesOf<float>((*out)[0])[11], 252 / 255.f, 1e-6f);
}

TEST(ImageRoutinesTest, JpegOfOneColourKeepsIt) {
  Bytes pixels;
  for (int i = 0; i < 64; ++i)
    pixels.insert(pixels.end(), {200, 100, 50});
  std::string jpeg = encoded("EncodeJpeg", {8, 8, 3}, pixels);
  auto out = decoded("DecodeJpeg", jpeg);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].shape(), (Shape{8, 8, 3}));
  for (size_t i = 0; i < pixels.size(); ++i)
    EXPECT_NEAR(valuesOf<uint8_t>((*out)[0])[i], pixels[i], 3);
  out = decoded("DecodeJpeg", jpeg, 1);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_NEAR(valuesOf<uint8_t>((*out)[0])[0], 124, 3);
  out = RoutineRun("DecodeJpeg")
            .attr("ratio", int64_t{4})
            .text({}, {jpeg})
            .result(DType::UInt8, 3)
            .run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].shape(), (Shape{2, 2, 3}));
}

TEST(ImageRoutinesTest, BmpStandsOnItsHead) {
  std::string bmp(54, '\0');
  bmp[0] = 'B', bmp[1] = 'M', bmp[10] = 54, bmp[14] = 40;
  bmp[18] = 1, bmp[22] = 2, bmp[26] = 1, bmp[28] = 24;
  bmp += std::string("\x03\x02\x01\0\x06\x05\x04\0", 8);
  auto out = decoded("DecodeBmp", bmp);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].shape(), (Shape{2, 1, 3}));
  EXPECT_EQ(valuesOf<uint8_t>((*out)[0]), (Bytes{4, 5, 6, 1, 2, 3}));
  EXPECT_FALSE(decoded("DecodeBmp", bmp.substr(0, 60)).ok());
}

// Near misses: every torn file is refused, whatever the format.
TEST(ImageRoutinesTest, TornImagesAreRefused) {
  Bytes pixels(16 * 16 * 3, 77);
  std::string png = encoded("EncodePng", {16, 16, 3}, pixels);
  std::string jpeg = encoded("EncodeJpeg", {16, 16, 3}, pixels);
  for (size_t size = 0; size + 16 < png.size(); size += 7)
    EXPECT_FALSE(decoded("DecodePng", png.substr(0, size)).ok()) << size;
  for (size_t size = 0; size + 16 < jpeg.size(); size += 31)
    EXPECT_FALSE(decoded("DecodeJpeg", jpeg.substr(0, size)).ok()) << size;
  // With the length of a segment after the cut damaged, more warnings follow.
  EXPECT_FALSE(decoded("DecodeJpeg", jpeg.substr(0, jpeg.size() / 2)).ok());
  // A frame of 65535 × 8191 pixels in a few bytes.
  const std::string gif("GIF89a\xff\xff\xff\x1f\x80\0\0"
                        "\0\0\0\xff\xff\xff"
                        ",\0\0\0\0\xff\xff\xff\x1f\0\x02\x02\x4c\x01\0;",
                        36);
  EXPECT_EQ(decoded("DecodeGif", gif).status().message(),
            "expects a GIF image, but it has no whole frame");
  EXPECT_EQ(decoded("DecodeImage", "text").status().message(),
            "expects a JPEG, PNG, GIF or BMP image, but its first bytes are of "
            "none");
}

//===----------------------------------------------------------------------===//
// CTC
//===----------------------------------------------------------------------===//

RoutineRun decoder(const std::string &op, const std::vector<float> &logits,
                   int64_t classes, size_t paths) {
  int64_t time = static_cast<int64_t>(logits.size()) / classes;
  RoutineRun run(op);
  run.input<float>({time, 1, classes}, logits);
  run.input<int32_t>({1}, {static_cast<int32_t>(time)});
  for (size_t i = 0; i < paths; ++i)
    run.result(DType::Int64, 2);
  for (size_t i = 0; i < paths; ++i)
    run.result(DType::Int64, 1);
  for (size_t i = 0; i < paths; ++i)
    run.result(DType::Int64, Shape{2});
  return run.result(DType::Float, 2);
}

TEST(CtcRoutinesTest, GreedyDecodingDropsBlanksAndRepeats) {
  // The best labels are 0, 0, blank, 0, 1.
  std::vector<float> logits{5, 0, 0, 4, 0, 0, 0, 0, 3, 2, 0, 0, 0, 1, 0};
  auto out = decoder("CTCGreedyDecoder", logits, 3, 1)
                 .attr("merge_repeated", true)
                 .run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<int64_t>((*out)[1]), (Ints{0, 0, 1}));
  EXPECT_EQ(valuesOf<int64_t>((*out)[2]), (Ints{1, 3}));
  EXPECT_EQ(valuesOf<float>((*out)[3]), (std::vector<float>{-15}));
  out = decoder("CTCGreedyDecoder", logits, 3, 1).run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<int64_t>((*out)[1]), (Ints{0, 0, 0, 1}));
}

TEST(CtcRoutinesTest, BeamSearchAddsThePathsOfAPrefix) {
  // Two steps of label 0.6, blank 0.4. The label alone has the paths "0 0",
  // "0 blank", "blank 0": 0.84; nothing has 0.16.
  float label = std::log(0.6f), blank = std::log(0.4f);
  auto out = decoder("CTCBeamSearchDecoder", {label, blank, label, blank}, 2, 2)
                 .attr("beam_width", int64_t{4})
                 .attr("top_paths", int64_t{2})
                 .run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<int64_t>((*out)[2]), (Ints{0}));
  EXPECT_EQ(valuesOf<int64_t>((*out)[3]), (Ints{}));
  EXPECT_NEAR(valuesOf<float>((*out)[6])[0], std::log(0.84f), 1e-5f);
  EXPECT_NEAR(valuesOf<float>((*out)[6])[1], std::log(0.16f), 1e-5f);
}

} // namespace
} // namespace firn::runtime
