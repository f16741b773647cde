// Resizing, and blocks moved between space, batch and channels.
#include "tests/unit/lowering/LoweringTestUtils.h"

#include <numeric>

using namespace firn;
using namespace firn::jit::test;

namespace {

std::vector<float> count(size_t size) {
  std::vector<float> values(size);
  std::iota(values.begin(), values.end(), 0.0f);
  return values;
}

/// The values that `op` makes of 0, 1, 2, … of type `from`.
std::vector<float> apply(const std::string &op, const std::string &constants,
                         const std::string &operands,
                         const std::string &operandTypes,
                         const std::string &attributes, const Shape &shape,
                         const std::string &from, const std::string &to) {
  Compiled code = compileGraph(
      feed("x", 0, from) + constants + "%y = tfg." + op + "(%x" + operands +
      ") {" + attributes + "} : (tensor<" + from + ">" + operandTypes +
      ") -> tensor<" + to + ">\ntfg.fetch %y [\"y\"] : tensor<" + to + ">");
  int64_t size = 1;
  for (int64_t dim : shape)
    size *= dim;
  auto out = run(code, {tensor<float>(shape, count(size))}, {DType::Float});
  return values<float>(out[0]);
}

std::vector<float> resize(const std::string &op, const std::string &attributes,
                          int64_t input, int64_t output) {
  std::string size = std::to_string(output);
  return apply(op, constant("size", "2xi32", "[1, " + size + "]"), ", %size",
               ", tensor<2xi32>", attributes, Shape{1, 1, input, 1},
               "1x1x" + std::to_string(input) + "x1xf32",
               "1x1x" + size + "x1xf32");
}

TEST(Resize, Bilinear) {
  EXPECT_EQ(resize("ResizeBilinear", "", 2, 4),
            (std::vector<float>{0, 0.5f, 1, 1}));
  EXPECT_EQ(resize("ResizeBilinear", "align_corners = true", 3, 5),
            (std::vector<float>{0, 0.5f, 1, 1.5f, 2}));
  EXPECT_EQ(resize("ResizeBilinear", "half_pixel_centers = true", 2, 4),
            (std::vector<float>{0, 0.25f, 0.75f, 1}));
  EXPECT_EQ(resize("ResizeBilinear", "half_pixel_centers = true", 4, 2),
            (std::vector<float>{0.5f, 2.5f}));
}

TEST(Resize, NearestNeighbor) {
  EXPECT_EQ(resize("ResizeNearestNeighbor", "", 2, 5),
            (std::vector<float>{0, 0, 0, 1, 1}));
  EXPECT_EQ(resize("ResizeNearestNeighbor", "align_corners = true", 4, 3),
            (std::vector<float>{0, 2, 3}));
  EXPECT_EQ(resize("ResizeNearestNeighbor", "half_pixel_centers = true", 4, 2),
            (std::vector<float>{1, 3}));
}

// The result is f32 whatever the image's type; unsigned bytes stay positive.
TEST(Resize, BilinearOfBytes) {
  Compiled code = compileGraph(
      feed("x", 0, "1x2x1x1xui8") + constant("size", "2xi32", "[4, 1]") +
      "%y = tfg.ResizeBilinear(%x, %size) : (tensor<1x2x1x1xui8>, "
      "tensor<2xi32>) -> tensor<1x4x1x1xf32>\n"
      "tfg.fetch %y [\"y\"] : tensor<1x4x1x1xf32>");
  auto out =
      run(code, {tensor<uint8_t>({1, 2, 1, 1}, {100, 250})}, {DType::Float});
  EXPECT_EQ(values<float>(out[0]), (std::vector<float>{100, 175, 250, 250}));
}

TEST(Space, DepthToSpaceAndBack) {
  EXPECT_EQ(apply("DepthToSpace", "", "", "", "block_size = 2",
                  Shape{1, 1, 2, 4}, "1x1x2x4xf32", "1x2x4x1xf32"),
            (std::vector<float>{0, 1, 4, 5, 2, 3, 6, 7}));
  EXPECT_EQ(apply("SpaceToDepth", "", "", "", "block_size = 2",
                  Shape{1, 2, 4, 1}, "1x2x4x1xf32", "1x1x2x4xf32"),
            (std::vector<float>{0, 1, 4, 5, 2, 3, 6, 7}));
  EXPECT_EQ(apply("DepthToSpace", "", "", "",
                  "block_size = 2, data_format = \"NCHW\"", Shape{1, 4, 1, 2},
                  "1x4x1x2xf32", "1x1x2x4xf32"),
            (std::vector<float>{0, 2, 1, 3, 4, 6, 5, 7}));
  EXPECT_EQ(apply("SpaceToDepth", "", "", "",
                  "block_size = 2, data_format = \"NCHW\"", Shape{1, 1, 2, 4},
                  "1x1x2x4xf32", "1x4x1x2xf32"),
            (std::vector<float>{0, 2, 1, 3, 4, 6, 5, 7}));
}

TEST(Space, SpaceToBatchAndBack) {
  std::string block = constant("b", "1xi32", "[2]");
  EXPECT_EQ(apply("SpaceToBatchND",
                  block + constant("p", "1x2xi32", "[[1, 0]]"), ", %b, %p",
                  ", tensor<1xi32>, tensor<1x2xi32>", "", Shape{1, 3, 2},
                  "1x3x2xf32", "2x2x2xf32"),
            (std::vector<float>{0, 0, 2, 3, 0, 1, 4, 5}));
  EXPECT_EQ(apply("BatchToSpaceND",
                  block + constant("c", "1x2xi32", "[[1, 0]]"), ", %b, %c",
                  ", tensor<1xi32>, tensor<1x2xi32>", "", Shape{2, 2, 2},
                  "2x2x2xf32", "1x3x2xf32"),
            (std::vector<float>{4, 5, 2, 3, 6, 7}));
  EXPECT_EQ(apply("SpaceToBatch", constant("p", "2x2xi32", "0"), ", %p",
                  ", tensor<2x2xi32>", "block_size = 2", Shape{1, 2, 2, 1},
                  "1x2x2x1xf32", "4x1x1x1xf32"),
            (std::vector<float>{0, 1, 2, 3}));
}

} // namespace
