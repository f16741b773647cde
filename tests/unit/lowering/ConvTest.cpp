// Convolutions against loops that follow their definition.
#include "tests/unit/lowering/LoweringTestUtils.h"

using namespace firn;
using namespace firn::jit::test;

namespace {

struct ConvCase {
  const char *name;
  int64_t batch, height, width, channels;
  int64_t windowHeight, windowWidth, filters;
  int64_t strideHeight = 1, strideWidth = 1, dilation = 1, groups = 1;
  /// SAME, VALID, or EXPLICIT with the amounts below.
  const char *padding = "SAME";
  int64_t top = 0, bottom = 0, left = 0, right = 0;
  bool channelsFirst = false;
  bool depthwise = false;
  bool constantFilter = true;
};

/// Padding before, and the number of places.
std::pair<int64_t, int64_t> place(const std::string &padding, int64_t input,
                                  int64_t window, int64_t stride,
                                  int64_t dilation, int64_t before,
                                  int64_t after) {
  int64_t extent = (window - 1) * dilation + 1;
  if (padding == "SAME") {
    int64_t output = (input + stride - 1) / stride;
    int64_t total =
        std::max<int64_t>((output - 1) * stride + extent - input, 0);
    return {total / 2, output};
  }
  return {before, (input + before + after - extent) / stride + 1};
}

std::string dims(std::initializer_list<int64_t> sizes) {
  std::string text;
  for (int64_t size : sizes)
    text += std::to_string(size) + "x";
  return text + "f32";
}

std::string list(std::initializer_list<int64_t> values) {
  std::string text;
  for (int64_t value : values)
    text += (text.empty() ? "[" : ", ") + std::to_string(value);
  return text + "]";
}

/// [N, H, W, C] in the order that the case has its images in.
std::string image(const ConvCase &c, int64_t n, int64_t h, int64_t w,
                  int64_t channels) {
  return c.channelsFirst ? dims({n, channels, h, w})
                         : dims({n, h, w, channels});
}

size_t index(bool channelsFirst, int64_t n, int64_t h, int64_t w, int64_t c,
             int64_t height, int64_t width, int64_t channels) {
  return channelsFirst ? ((n * channels + c) * height + h) * width + w
                       : ((n * height + h) * width + w) * channels + c;
}

std::string attributes(const ConvCase &c) {
  bool first = c.channelsFirst;
  std::string text = std::string("{padding = \"") + c.padding +
                     "\", strides = " +
                     (first ? list({1, 1, c.strideHeight, c.strideWidth})
                            : list({1, c.strideHeight, c.strideWidth, 1})) +
                     ", dilations = " +
                     (first ? list({1, 1, c.dilation, c.dilation})
                            : list({1, c.dilation, c.dilation, 1}));
  if (c.padding == std::string("EXPLICIT"))
    text += ", explicit_paddings = " +
            (first ? list({0, 0, 0, 0, c.top, c.bottom, c.left, c.right})
                   : list({0, 0, c.top, c.bottom, c.left, c.right, 0, 0}));
  if (first)
    text += ", data_format = \"NCHW\"";
  return text + "}";
}

class ConvTest : public testing::TestWithParam<ConvCase> {};

TEST_P(ConvTest, MatchesItsDefinition) {
  const ConvCase &c = GetParam();
  auto [top, outHeight] = place(c.padding, c.height, c.windowHeight,
                                c.strideHeight, c.dilation, c.top, c.bottom);
  auto [left, outWidth] = place(c.padding, c.width, c.windowWidth,
                                c.strideWidth, c.dilation, c.left, c.right);
  int64_t groups = c.depthwise ? c.channels : c.groups;
  int64_t depth = c.channels / groups;
  // A depthwise filter has [KH, KW, C, multiplier], the same memory order.
  int64_t multiplier = c.filters / c.channels;
  std::string filterType =
      c.depthwise
          ? dims({c.windowHeight, c.windowWidth, c.channels, multiplier})
          : dims({c.windowHeight, c.windowWidth, depth, c.filters});
  Tensor x = noise(Shape{c.batch * c.height * c.width * c.channels}, 1);
  Tensor w =
      noise(Shape{c.windowHeight * c.windowWidth * depth * c.filters}, 2);

  std::string xType = image(c, c.batch, c.height, c.width, c.channels);
  std::string yType = image(c, c.batch, outHeight, outWidth, c.filters);
  std::string op = c.depthwise ? "DepthwiseConv2dNative" : "Conv2D";
  Compiled code = compileGraph(
      feed("x", 0, xType) +
      (c.constantFilter ? constant("w", filterType, toText(w))
                        : feed("w", 1, filterType)) +
      "%y = tfg." + op + "(%x, %w) " + attributes(c) + " : (tensor<" + xType +
      ">, tensor<" + filterType + ">) -> tensor<" + yType +
      "> name(\"y\")\ntfg.fetch %y [\"y\"] : tensor<" + yType + ">");

  auto shaped = [](Tensor tensor, std::vector<int64_t> shape) {
    return *Tensor::from<float>(Shape(shape), values<float>(tensor));
  };
  std::vector<int64_t> xShape =
      c.channelsFirst
          ? std::vector<int64_t>{c.batch, c.channels, c.height, c.width}
          : std::vector<int64_t>{c.batch, c.height, c.width, c.channels};
  std::vector<Tensor> inputs{shaped(x, xShape)};
  if (!c.constantFilter)
    inputs.push_back(shaped(
        w, c.depthwise ? std::vector<int64_t>{c.windowHeight, c.windowWidth,
                                              c.channels, multiplier}
                       : std::vector<int64_t>{c.windowHeight, c.windowWidth,
                                              depth, c.filters}));

  std::vector<double> expected(c.batch * outHeight * outWidth * c.filters);
  auto xs = values<float>(x), ws = values<float>(w);
  for (int64_t n = 0; n < c.batch; ++n)
    for (int64_t oh = 0; oh < outHeight; ++oh)
      for (int64_t ow = 0; ow < outWidth; ++ow)
        for (int64_t f = 0; f < c.filters; ++f) {
          double sum = 0;
          int64_t group = f / (c.filters / groups);
          for (int64_t kh = 0; kh < c.windowHeight; ++kh)
            for (int64_t kw = 0; kw < c.windowWidth; ++kw) {
              int64_t h = oh * c.strideHeight + kh * c.dilation - top;
              int64_t v = ow * c.strideWidth + kw * c.dilation - left;
              if (h < 0 || h >= c.height || v < 0 || v >= c.width)
                continue;
              for (int64_t d = 0; d < depth; ++d)
                sum +=
                    double(xs[index(c.channelsFirst, n, h, v, group * depth + d,
                                    c.height, c.width, c.channels)]) *
                    ws[((kh * c.windowWidth + kw) * depth + d) * c.filters + f];
            }
          expected[index(c.channelsFirst, n, oh, ow, f, outHeight, outWidth,
                         c.filters)] = sum;
        }
  expectNear(run(code, inputs, {DType::Float})[0], expected, 1e-5, 1e-5);
}

INSTANTIATE_TEST_SUITE_P(Forms, ConvTest,
                         testing::Values(ConvCase{.name = "Plain",
                                                  .batch = 2,
                                                  .height = 7,
                                                  .width = 9,
                                                  .channels = 3,
                                                  .windowHeight = 3,
                                                  .windowWidth = 3,
                                                  .filters = 5},
                                         ConvCase{.name = "Pointwise",
                                                  .batch = 1,
                                                  .height = 5,
                                                  .width = 6,
                                                  .channels = 8,
                                                  .windowHeight = 1,
                                                  .windowWidth = 1,
                                                  .filters = 16},
                                         ConvCase{.name = "StridesOddSame",
                                                  .batch = 1,
                                                  .height = 8,
                                                  .width = 7,
                                                  .channels = 2,
                                                  .windowHeight = 3,
                                                  .windowWidth = 5,
                                                  .filters = 4,
                                                  .strideHeight = 2,
                                                  .strideWidth = 3},
                                         ConvCase{.name = "Valid",
                                                  .batch = 1,
                                                  .height = 8,
                                                  .width = 7,
                                                  .channels = 2,
                                                  .windowHeight = 3,
                                                  .windowWidth = 2,
                                                  .filters = 4,
                                                  .strideHeight = 2,
                                                  .padding = "VALID"},
                                         ConvCase{.name = "Explicit",
                                                  .batch = 1,
                                                  .height = 6,
                                                  .width = 6,
                                                  .channels = 2,
                                                  .windowHeight = 3,
                                                  .windowWidth = 3,
                                                  .filters = 3,
                                                  .strideHeight = 2,
                                                  .strideWidth = 2,
                                                  .padding = "EXPLICIT",
                                                  .top = 2,
                                                  .bottom = 0,
                                                  .left = 1,
                                                  .right = 3},
                                         ConvCase{.name = "Dilated",
                                                  .batch = 1,
                                                  .height = 9,
                                                  .width = 9,
                                                  .channels = 2,
                                                  .windowHeight = 3,
                                                  .windowWidth = 3,
                                                  .filters = 3,
                                                  .dilation = 2},
                                         ConvCase{.name = "ChannelsFirst",
                                                  .batch = 2,
                                                  .height = 6,
                                                  .width = 7,
                                                  .channels = 3,
                                                  .windowHeight = 3,
                                                  .windowWidth = 3,
                                                  .filters = 4,
                                                  .strideHeight = 2,
                                                  .channelsFirst = true},
                                         ConvCase{.name = "Grouped",
                                                  .batch = 1,
                                                  .height = 6,
                                                  .width = 6,
                                                  .channels = 6,
                                                  .windowHeight = 3,
                                                  .windowWidth = 3,
                                                  .filters = 9,
                                                  .groups = 3},
                                         ConvCase{.name = "GroupedStrides",
                                                  .batch = 2,
                                                  .height = 6,
                                                  .width = 6,
                                                  .channels = 4,
                                                  .windowHeight = 3,
                                                  .windowWidth = 3,
                                                  .filters = 6,
                                                  .strideHeight = 2,
                                                  .strideWidth = 2,
                                                  .groups = 2,
                                                  .constantFilter = false},
                                         ConvCase{.name = "GroupsOfOne",
                                                  .batch = 1,
                                                  .height = 6,
                                                  .width = 6,
                                                  .channels = 4,
                                                  .windowHeight = 3,
                                                  .windowWidth = 3,
                                                  .filters = 8,
                                                  .groups = 4},
                                         ConvCase{.name = "FilterFed",
                                                  .batch = 1,
                                                  .height = 6,
                                                  .width = 6,
                                                  .channels = 3,
                                                  .windowHeight = 2,
                                                  .windowWidth = 3,
                                                  .filters = 4,
                                                  .constantFilter = false},
                                         ConvCase{.name = "Depthwise",
                                                  .batch = 1,
                                                  .height = 7,
                                                  .width = 7,
                                                  .channels = 8,
                                                  .windowHeight = 3,
                                                  .windowWidth = 3,
                                                  .filters = 8,
                                                  .strideHeight = 2,
                                                  .strideWidth = 2,
                                                  .depthwise = true},
                                         ConvCase{.name = "DepthwiseMultiplier",
                                                  .batch = 1,
                                                  .height = 7,
                                                  .width = 6,
                                                  .channels = 3,
                                                  .windowHeight = 3,
                                                  .windowWidth = 3,
                                                  .filters = 6,
                                                  .depthwise = true},
                                         ConvCase{
                                             .name = "DepthwiseDilatedFirst",
                                             .batch = 1,
                                             .height = 7,
                                             .width = 6,
                                             .channels = 4,
                                             .windowHeight = 3,
                                             .windowWidth = 3,
                                             .filters = 4,
                                             .dilation = 2,
                                             .channelsFirst = true,
                                             .depthwise = true,
                                             .constantFilter = false},
                                         ConvCase{.name = "DepthwiseOneChannel",
                                                  .batch = 1,
                                                  .height = 7,
                                                  .width = 6,
                                                  .channels = 1,
                                                  .windowHeight = 3,
                                                  .windowWidth = 3,
                                                  .filters = 4,
                                                  .depthwise = true}),
                         [](const auto &info) { return info.param.name; });

class TransposedConvTest : public testing::TestWithParam<ConvCase> {};

// The case is that of the convolution whose gradient this is: `channels` are
// those of the result, `filters` those of the gradient.
TEST_P(TransposedConvTest, MatchesItsDefinition) {
  const ConvCase &c = GetParam();
  auto [top, outHeight] = place(c.padding, c.height, c.windowHeight,
                                c.strideHeight, c.dilation, c.top, c.bottom);
  auto [left, outWidth] = place(c.padding, c.width, c.windowWidth,
                                c.strideWidth, c.dilation, c.left, c.right);
  Shape filterShape{c.windowHeight, c.windowWidth, c.channels, c.filters};
  Shape gradientShape = c.channelsFirst
                            ? Shape{c.batch, c.filters, outHeight, outWidth}
                            : Shape{c.batch, outHeight, outWidth, c.filters};
  Tensor g = noise(gradientShape, 1);
  Tensor w = noise(filterShape, 2);
  std::string gType = image(c, c.batch, outHeight, outWidth, c.filters);
  std::string yType = image(c, c.batch, c.height, c.width, c.channels);
  std::string filterType =
      dims({c.windowHeight, c.windowWidth, c.channels, c.filters});
  std::string sizes = c.channelsFirst
                          ? list({c.batch, c.channels, c.height, c.width})
                          : list({c.batch, c.height, c.width, c.channels});
  Compiled code = compileGraph(
      feed("g", 0, gType) + constant("sizes", "4xi32", sizes) +
      (c.constantFilter ? constant("w", filterType, toText(w))
                        : feed("w", 1, filterType)) +
      "%y = tfg.Conv2DBackpropInput(%sizes, %w, %g) " + attributes(c) +
      " : (tensor<4xi32>, tensor<" + filterType + ">, tensor<" + gType +
      ">) -> tensor<" + yType +
      "> name(\"y\")\ntfg.fetch %y [\"y\"] : tensor<" + yType + ">");
  std::vector<Tensor> inputs{g};
  if (!c.constantFilter)
    inputs.push_back(w);

  std::vector<double> expected(c.batch * c.height * c.width * c.channels);
  auto gs = values<float>(g), ws = values<float>(w);
  for (int64_t n = 0; n < c.batch; ++n)
    for (int64_t oh = 0; oh < outHeight; ++oh)
      for (int64_t ow = 0; ow < outWidth; ++ow)
        for (int64_t kh = 0; kh < c.windowHeight; ++kh)
          for (int64_t kw = 0; kw < c.windowWidth; ++kw) {
            int64_t h = oh * c.strideHeight + kh * c.dilation - top;
            int64_t v = ow * c.strideWidth + kw * c.dilation - left;
            if (h < 0 || h >= c.height || v < 0 || v >= c.width)
              continue;
            for (int64_t d = 0; d < c.channels; ++d)
              for (int64_t f = 0; f < c.filters; ++f)
                expected[index(c.channelsFirst, n, h, v, d, c.height, c.width,
                               c.channels)] +=
                    double(gs[index(c.channelsFirst, n, oh, ow, f, outHeight,
                                    outWidth, c.filters)]) *
                    ws[((kh * c.windowWidth + kw) * c.channels + d) *
                           c.filters +
                       f];
          }
  expectNear(run(code, inputs, {DType::Float})[0], expected, 1e-5, 1e-5);
}

INSTANTIATE_TEST_SUITE_P(Forms, TransposedConvTest,
                         testing::Values(ConvCase{.name = "Doubles",
                                                  .batch = 1,
                                                  .height = 8,
                                                  .width = 8,
                                                  .channels = 3,
                                                  .windowHeight = 4,
                                                  .windowWidth = 4,
                                                  .filters = 5,
                                                  .strideHeight = 2,
                                                  .strideWidth = 2},
                                         ConvCase{.name = "WindowOfStride",
                                                  .batch = 2,
                                                  .height = 6,
                                                  .width = 8,
                                                  .channels = 2,
                                                  .windowHeight = 2,
                                                  .windowWidth = 2,
                                                  .filters = 3,
                                                  .strideHeight = 2,
                                                  .strideWidth = 2,
                                                  .padding = "VALID"},
                                         ConvCase{.name = "OddWindow",
                                                  .batch = 1,
                                                  .height = 7,
                                                  .width = 8,
                                                  .channels = 2,
                                                  .windowHeight = 3,
                                                  .windowWidth = 3,
                                                  .filters = 4,
                                                  .strideHeight = 2,
                                                  .strideWidth = 2},
                                         ConvCase{
                                             .name = "WindowSmallerThanStride",
                                             .batch = 1,
                                             .height = 7,
                                             .width = 7,
                                             .channels = 2,
                                             .windowHeight = 2,
                                             .windowWidth = 1,
                                             .filters = 4,
                                             .strideHeight = 3,
                                             .strideWidth = 2},
                                         ConvCase{.name = "StrideOne",
                                                  .batch = 1,
                                                  .height = 5,
                                                  .width = 6,
                                                  .channels = 2,
                                                  .windowHeight = 3,
                                                  .windowWidth = 3,
                                                  .filters = 3},
                                         ConvCase{.name = "StrideOneDilated",
                                                  .batch = 1,
                                                  .height = 7,
                                                  .width = 7,
                                                  .channels = 2,
                                                  .windowHeight = 3,
                                                  .windowWidth = 3,
                                                  .filters = 3,
                                                  .dilation = 2,
                                                  .padding = "VALID"},
                                         ConvCase{.name = "ValidLeavesARest",
                                                  .batch = 1,
                                                  .height = 8,
                                                  .width = 9,
                                                  .channels = 2,
                                                  .windowHeight = 3,
                                                  .windowWidth = 3,
                                                  .filters = 3,
                                                  .strideHeight = 2,
                                                  .strideWidth = 3,
                                                  .padding = "VALID"},
                                         ConvCase{.name = "Explicit",
                                                  .batch = 1,
                                                  .height = 8,
                                                  .width = 8,
                                                  .channels = 2,
                                                  .windowHeight = 3,
                                                  .windowWidth = 3,
                                                  .filters = 3,
                                                  .strideHeight = 2,
                                                  .strideWidth = 2,
                                                  .padding = "EXPLICIT",
                                                  .top = 2,
                                                  .bottom = 1,
                                                  .left = 0,
                                                  .right = 1},
                                         ConvCase{.name = "ChannelsFirstFed",
                                                  .batch = 1,
                                                  .height = 6,
                                                  .width = 7,
                                                  .channels = 2,
                                                  .windowHeight = 3,
                                                  .windowWidth = 4,
                                                  .filters = 3,
                                                  .strideHeight = 2,
                                                  .strideWidth = 2,
                                                  .channelsFirst = true,
                                                  .constantFilter = false}),
                         [](const auto &info) { return info.param.name; });

} // namespace
