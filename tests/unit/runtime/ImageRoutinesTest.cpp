// Routines on images, losses and simulated quantisation, against values worked
// out by hand.
#include "tests/unit/runtime/RoutineTest.h"

#include <cmath>
#include <limits>

namespace firn::runtime {
namespace {

using Floats = std::vector<float>;
using Ints = std::vector<int64_t>;

void expectFloats(RoutineRun run, const Shape &shape, const Floats &values) {
  auto out = run.result(DType::Float, shape.size()).run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].shape(), shape);
  Floats actual = valuesOf<float>((*out)[0]);
  ASSERT_EQ(actual.size(), values.size());
  for (size_t i = 0; i < values.size(); ++i)
    EXPECT_NEAR(actual[i], values[i], 1e-6 + 1e-6 * std::abs(values[i])) << i;
}

RoutineRun image(const char *op, const Shape &shape, const Floats &values) {
  return RoutineRun(op).input<float>(shape, values);
}

const Floats kNine{1, 2, 3, 4, 5, 6, 7, 8, 9};

TEST(WindowRoutines, DilationAddsTheFilter) {
  RoutineRun dilation = image("Dilation2D", {1, 3, 3, 1}, kNine)
                            .input<float>({2, 2, 1}, {0, 0, 0, -5})
                            .attr("strides", Ints{1, 1, 1, 1})
                            .attr("rates", Ints{1, 1, 1, 1});
  expectFloats(dilation.attr("padding", std::string("VALID")), {1, 2, 2, 1},
               {4, 5, 7, 8});
}

TEST(WindowRoutines, PatchesHaveZerosOutside) {
  expectFloats(image("ExtractImagePatches", {1, 3, 3, 1}, kNine)
                   .attr("ksizes", Ints{1, 2, 2, 1})
                   .attr("strides", Ints{1, 2, 2, 1})
                   .attr("rates", Ints{1, 1, 1, 1})
                   .attr("padding", std::string("SAME")),
               {1, 2, 2, 4}, {1, 2, 4, 5, 3, 0, 6, 0, 7, 8, 0, 0, 9, 0, 0, 0});
}

TEST(WindowRoutines, MaxPoolSaysWhere) {
  auto out = image("MaxPoolWithArgmax", {2, 1, 2, 1}, {3, 3, 1, 2})
                 .attr("ksize", Ints{1, 1, 2, 1})
                 .attr("strides", Ints{1, 1, 2, 1})
                 .attr("padding", std::string("VALID"))
                 .attr("include_batch_in_index", true)
                 .result(DType::Float, 4)
                 .result(DType::Int64, 4)
                 .run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<float>((*out)[0]), (Floats{3, 2}));
  EXPECT_EQ(valuesOf<int64_t>((*out)[1]), (Ints{0, 3}));
}

// Windows that are larger than any image, and images without pixels.
TEST(WindowRoutines, HugeWindows) {
  auto patches = [](const Shape &shape, int64_t size) {
    return RoutineRun("ExtractImagePatches")
        .input(*Tensor::create(DType::Float, shape))
        .attr("ksizes", Ints{1, size, size, 1})
        .attr("strides", Ints{1, 1, 1, 1})
        .attr("rates", Ints{1, 1, 1, 1})
        .attr("padding", std::string("SAME"))
        .result(DType::Float, 4)
        .run()
        .status();
  };
  const int64_t most = std::numeric_limits<int32_t>::max();
  EXPECT_EQ(patches({1, 1, 1, 1}, most + 1).message(),
            "expects windows, strides and rates from 1 to 2147483647, but got "
            "2147483648");
  EXPECT_EQ(patches({1, 1, 1, 4}, most).message(),
            "expects a patch that has a size, but got 2147483647 x 2147483647 "
            "x 4");
  EXPECT_EQ(patches({1, 1, 1, 1}, most).code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(patches({1, int64_t{1} << 40, 1, 0}, 2).ok());
  auto pooled = image("MaxPoolWithArgmax", {1, 1, 2, 1}, {3, 5})
                    .attr("ksize", Ints{1, most, most, 1})
                    .attr("strides", Ints{1, 1, 1, 1})
                    .attr("padding", std::string("SAME"))
                    .result(DType::Float, 4)
                    .result(DType::Int64, 4)
                    .run();
  ASSERT_TRUE(pooled.ok()) << pooled.status();
  EXPECT_EQ(valuesOf<float>((*pooled)[0]), (Floats{5, 5}));
}

TEST(ResizeRoutines, AreaIsTheMean) {
  expectFloats(image("ResizeArea", {1, 2, 2, 1}, {1, 2, 3, 6})
                   .input<int32_t>({2}, {1, 1}),
               {1, 1, 1, 1}, {3});
  // Of three pixels two: each covers one and a half.
  expectFloats(
      image("ResizeArea", {1, 1, 3, 1}, {1, 2, 6}).input<int32_t>({2}, {1, 2}),
      {1, 1, 2, 1}, {2.0f / 1.5f, 7.0f / 1.5f});
}

TEST(ResizeRoutines, BicubicMeetsThePixels) {
  expectFloats(image("ResizeBicubic", {1, 1, 3, 1}, {1, 4, 2})
                   .input<int32_t>({2}, {1, 5})
                   .attr("align_corners", true),
               {1, 1, 5, 1},
               // Between them a = -0.75: weights -3/32, 19/32, 19/32, -3/32.
               {1, (-3 * 1 + 19 * 1 + 19 * 4 - 3 * 2) / 32.0f, 4,
                (-3 * 1 + 19 * 4 + 19 * 2 - 3 * 2) / 32.0f, 2});
}

TEST(ResizeRoutines, Crops) {
  auto crop = [](Floats box, int32_t owner) {
    return image("CropAndResize", {1, 2, 2, 1}, {1, 2, 3, 4})
        .input<float>({1, 4}, box)
        .input<int32_t>({1}, {owner})
        .input<int32_t>({2}, {1, 3})
        .attr("extrapolation_value", 9.0);
  };
  expectFloats(crop({0, 0, 1, 1}, 0), {1, 1, 3, 1}, {2, 2.5, 3});
  expectFloats(crop({0, 0, 0, 2}, 0), {1, 1, 3, 1}, {1, 2, 9});
  EXPECT_EQ(
      crop({0, 0, 1, 1}, 1).result(DType::Float, 4).run().status().message(),
      "box_ind 1 at position 0 is not in [0, 1)");
}

TEST(ColourRoutines, ThereAndBack) {
  Floats colours{1, 0, 0, 0, 0.5, 0, 0.25, 0.25, 0.25, 0.5, 0, 1};
  Floats hsv{0, 1, 1, 1 / 3.0f, 1, 0.5, 0, 0, 0.25, 0.75, 1, 1};
  expectFloats(image("RGBToHSV", {4, 3}, colours), {4, 3}, hsv);
  expectFloats(image("HSVToRGB", {4, 3}, hsv), {4, 3}, colours);
}

TEST(ColourRoutines, Adjusts) {
  expectFloats(
      image("AdjustHue", {1, 1, 3}, {1, 0, 0.2f}).input<float>({}, {1 / 3.0f}),
      {1, 1, 3}, {0.2f, 1, 0});
  expectFloats(
      image("AdjustSaturation", {1, 1, 3}, {1, 0.5, 0.5}).input<float>({}, {2}),
      {1, 1, 3}, {1, 0, 0});
  expectFloats(
      image("AdjustContrastv2", {1, 2, 1}, {1, 3}).input<float>({}, {2}),
      {1, 2, 1}, {0, 4});
  EXPECT_EQ(image("RGBToHSV", {2}, {1, 2})
                .result(DType::Float, 1)
                .run()
                .status()
                .message(),
            "expects a last dimension of size 3, but got [2]");
}

TEST(LossRoutines, CrossEntropy) {
  auto out = image("SoftmaxCrossEntropyWithLogits", {1, 2}, {0, 0})
                 .input<float>({1, 2}, {1, 0})
                 .result(DType::Float, 1)
                 .result(DType::Float, 2)
                 .run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_FLOAT_EQ(valuesOf<float>((*out)[0])[0], std::log(2.0f));
  EXPECT_EQ(valuesOf<float>((*out)[1]), (Floats{-0.5, 0.5}));
  auto sparse = [](int64_t label) {
    return image("SparseSoftmaxCrossEntropyWithLogits", {1, 2}, {0, 0})
        .input<int64_t>({1}, {label})
        .result(DType::Float, 1)
        .result(DType::Float, 2)
        .run();
  };
  out = sparse(1);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<float>((*out)[1]), (Floats{0.5, -0.5}));
  EXPECT_EQ(sparse(2).status().message(),
            "label 2 at position 0 is not in [0, 2)");
}

TEST(LossRoutines, FakeQuantRoundsToSteps) {
  // Four steps of 1 from -1 to 2.
  expectFloats(image("FakeQuantWithMinMaxVars", {5}, {-3, -0.6f, 0.4f, 1.6f, 5})
                   .input<float>({}, {-1})
                   .input<float>({}, {2})
                   .attr("num_bits", int64_t{2}),
               {5}, {-1, -1, 0, 2, 2});
  // The range is moved so that zero is a step.
  expectFloats(image("FakeQuantWithMinMaxArgs", {2}, {0, 9})
                   .attr("min", -0.4)
                   .attr("max", 2.6)
                   .attr("num_bits", int64_t{2}),
               {2}, {0, 3});
}

} // namespace
} // namespace firn::runtime
