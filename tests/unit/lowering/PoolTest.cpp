// Poolings against loops that follow their definition.
#include "tests/unit/lowering/LoweringTestUtils.h"

#include <cmath>
#include <limits>

using namespace firn;
using namespace firn::jit::test;

namespace {

struct PoolCase {
  const char *name;
  bool mean;
  int64_t height, width, channels, window, stride;
  const char *padding;
  bool channelsFirst = false;
};

class PoolTest : public testing::TestWithParam<PoolCase> {};

TEST_P(PoolTest, MatchesItsDefinition) {
  const PoolCase &c = GetParam();
  bool same = c.padding == std::string("SAME");
  auto places = [&](int64_t input) {
    return same ? (input + c.stride - 1) / c.stride
                : (input - c.window) / c.stride + 1;
  };
  auto before = [&](int64_t input) {
    int64_t total = (places(input) - 1) * c.stride + c.window - input;
    return same ? std::max<int64_t>(total, 0) / 2 : 0;
  };
  auto image = [&](int64_t h, int64_t w) {
    std::string spatial = std::to_string(h) + "x" + std::to_string(w) + "x";
    std::string channels = std::to_string(c.channels) + "x";
    return "2x" + (c.channelsFirst ? channels + spatial : spatial + channels) +
           "f32";
  };
  auto sizes = [&](int64_t size) {
    std::string text = std::to_string(size);
    return c.channelsFirst ? "[1, 1, " + text + ", " + text + "]"
                           : "[1, " + text + ", " + text + ", 1]";
  };
  auto index = [&](int64_t n, int64_t h, int64_t w, int64_t d, int64_t height,
                   int64_t width) {
    return c.channelsFirst ? ((n * c.channels + d) * height + h) * width + w
                           : ((n * height + h) * width + w) * c.channels + d;
  };
  int64_t outHeight = places(c.height), outWidth = places(c.width);
  std::string x = image(c.height, c.width), y = image(outHeight, outWidth);
  Compiled code = compileGraph(
      feed("x", 0, x) + "%y = tfg." + (c.mean ? "AvgPool" : "MaxPool") +
      "(%x) {ksize = " + sizes(c.window) + ", strides = " + sizes(c.stride) +
      ", padding = \"" + c.padding + "\"" +
      (c.channelsFirst ? ", data_format = \"NCHW\"" : "") + "} : (tensor<" + x +
      ">) -> tensor<" + y + ">\ntfg.fetch %y [\"y\"] : tensor<" + y + ">");
  Tensor input =
      noise(c.channelsFirst ? Shape{2, c.channels, c.height, c.width}
                            : Shape{2, c.height, c.width, c.channels},
            3);
  auto xs = values<float>(input);
  std::vector<double> expected(2 * outHeight * outWidth * c.channels);
  for (int64_t n = 0; n < 2; ++n)
    for (int64_t oh = 0; oh < outHeight; ++oh)
      for (int64_t ow = 0; ow < outWidth; ++ow)
        for (int64_t d = 0; d < c.channels; ++d) {
          double sum = 0, largest = -std::numeric_limits<double>::infinity();
          int64_t count = 0;
          for (int64_t kh = 0; kh < c.window; ++kh)
            for (int64_t kw = 0; kw < c.window; ++kw) {
              int64_t h = oh * c.stride + kh - before(c.height);
              int64_t w = ow * c.stride + kw - before(c.width);
              if (h < 0 || h >= c.height || w < 0 || w >= c.width)
                continue;
              double value = xs[index(n, h, w, d, c.height, c.width)];
              sum += value;
              largest = std::max(largest, value);
              ++count;
            }
          expected[index(n, oh, ow, d, outHeight, outWidth)] =
              c.mean ? sum / double(count) : largest;
        }
  double limit = c.mean ? 1e-6 : 0;
  expectNear(run(code, {input}, {DType::Float})[0], expected, limit, limit);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, PoolTest,
    testing::Values(PoolCase{"MaxSame", false, 7, 8, 3, 3, 2, "SAME"},
                    PoolCase{"MaxValid", false, 8, 8, 16, 2, 2, "VALID"},
                    PoolCase{"MaxFirst", false, 7, 6, 3, 3, 2, "SAME", true},
                    PoolCase{"AvgSame", true, 7, 8, 3, 3, 2, "SAME"},
                    PoolCase{"AvgSameStep1", true, 5, 5, 17, 3, 1, "SAME"},
                    PoolCase{"AvgWhole", true, 7, 7, 8, 7, 1, "VALID"},
                    PoolCase{"AvgFirst", true, 7, 6, 3, 3, 2, "SAME", true}),
    [](const auto &info) { return info.param.name; });

const std::string kMaxPool =
    "%y = tfg.MaxPool(%x) {ksize = [1, 1, 2, 1], strides = [1, 1, 2, 1], "
    "padding = \"VALID\"} ";

// As in TensorFlow on the CPU: a NaN is passed over, and nothing is lower than
// the lowest finite value.
TEST(MaxPool, NanAndInfinity) {
  Compiled code =
      compileGraph(feed("x", 0, "1x1x8x1xf32") + kMaxPool +
                   ": (tensor<1x1x8x1xf32>) -> tensor<1x1x4x1xf32>\n"
                   "tfg.fetch %y [\"y\"] : tensor<1x1x4x1xf32>");
  float nan = std::nanf(""), infinity = std::numeric_limits<float>::infinity();
  auto out = run(
      code,
      {tensor<float>({1, 1, 8, 1}, {1, nan, nan, 2, nan, nan, -5, infinity})},
      {DType::Float});
  EXPECT_EQ(values<float>(out[0]),
            (std::vector<float>{1, 2, std::numeric_limits<float>::lowest(),
                                infinity}));
}

// Integers by their sign.
TEST(MaxPool, Integers) {
  Compiled code = compileGraph(
      feed("x", 0, "1x1x4x1xui8") + feed("z", 1, "1x1x4x1xi8") + kMaxPool +
      ": (tensor<1x1x4x1xui8>) -> tensor<1x1x2x1xui8>\n"
      "%w = tfg.MaxPool(%z) {ksize = [1, 1, 2, 1], strides = [1, 1, 2, 1], "
      "padding = \"VALID\"} : (tensor<1x1x4x1xi8>) -> tensor<1x1x2x1xi8>\n"
      "tfg.fetch %y, %w [\"y\", \"w\"] : tensor<1x1x2x1xui8>, "
      "tensor<1x1x2x1xi8>");
  auto out = run(code,
                 {tensor<uint8_t>({1, 1, 4, 1}, {200, 100, 0, 7}),
                  tensor<int8_t>({1, 1, 4, 1}, {-56, 100, -128, -7})},
                 {DType::UInt8, DType::Int8});
  EXPECT_EQ(values<uint8_t>(out[0]), (std::vector<uint8_t>{200, 7}));
  EXPECT_EQ(values<int8_t>(out[1]), (std::vector<int8_t>{100, -7}));
}

// The window of MaxPoolV2 comes as constants.
TEST(MaxPool, WindowAsOperands) {
  Compiled code = compileGraph(
      feed("x", 0, "1x2x4x1xf32") + constant("k", "4xi32", "[1, 2, 2, 1]") +
      "%y = tfg.MaxPoolV2(%x, %k, %k) {padding = \"VALID\"} : "
      "(tensor<1x2x4x1xf32>, tensor<4xi32>, tensor<4xi32>) -> "
      "tensor<1x1x2x1xf32>\ntfg.fetch %y [\"y\"] : tensor<1x1x2x1xf32>");
  auto out = run(code, {tensor<float>({1, 2, 4, 1}, {1, 2, 3, 4, 8, 7, 6, 5})},
                 {DType::Float});
  EXPECT_EQ(values<float>(out[0]), (std::vector<float>{8, 6}));
}

} // namespace
