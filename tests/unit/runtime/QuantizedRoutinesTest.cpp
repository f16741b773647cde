// Quantized numbers in ranges where every value is exact, so that results can
// be worked out by hand.
#include "tests/unit/runtime/RoutineTest.h"

namespace firn::runtime {
namespace {

using Bytes = std::vector<uint8_t>;

Tensor quantized(const Shape &shape, const Bytes &values) {
  Tensor tensor = RoutineRun::make<uint8_t>(shape, values);
  EXPECT_TRUE(tensor.bitcast(DType::QUInt8).ok());
  return tensor;
}

/// Adds the scalars of a range.
RoutineRun &range(RoutineRun &run, float min, float max) {
  return run.input<float>({}, {min}).input<float>({}, {max});
}

/// A result of that type and rank, and its range.
absl::StatusOr<std::vector<Tensor>> runFor(RoutineRun &run, DType dtype,
                                           size_t rank) {
  return run.result(dtype, rank)
      .result(DType::Float, Shape{})
      .result(DType::Float, Shape{})
      .run();
}

template <typename T> std::vector<T> elements(const Tensor &tensor) {
  const T *data = static_cast<const T *>(tensor.data());
  return {data, data + tensor.numElements()};
}

TEST(QuantizedRoutinesTest, QuantizingClampsAndRounds) {
  for (const char *mode : {"MIN_COMBINED", "MIN_FIRST"}) {
    RoutineRun run("QuantizeV2");
    run.attr("mode", mode).input<float>({5}, {0, 1.25f, 1.75f, 255, 500});
    auto out = runFor(range(run, 0, 255), DType::QUInt8, 1);
    ASSERT_TRUE(out.ok()) << out.status();
    EXPECT_EQ(elements<uint8_t>((*out)[0]), (Bytes{0, 1, 2, 255, 255})) << mode;
    EXPECT_EQ(valuesOf<float>((*out)[2]), (std::vector<float>{255}));
  }
  RoutineRun scaled("QuantizeV2");
  scaled.attr("mode", "SCALED").input<float>({3}, {-1, 0.5f, 2});
  auto out = runFor(range(scaled, -1, 1), DType::QInt8, 1);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(elements<int8_t>((*out)[0]), (std::vector<int8_t>{-127, 64, 127}));
}

// Near miss: a mode and a range that are none.
TEST(QuantizedRoutinesTest, WrongModesAndRangesAreRefused) {
  RoutineRun mode("QuantizeV2");
  mode.attr("mode", "MAX").input<float>({1}, {0});
  EXPECT_EQ(runFor(range(mode, 0, 1), DType::QUInt8, 1).status().message(),
            "expects mode MIN_COMBINED, MIN_FIRST or SCALED, but found MAX");
  RoutineRun turned("QuantizeV2");
  turned.input<float>({1}, {0});
  EXPECT_EQ(runFor(range(turned, 2, 1), DType::QUInt8, 1).status().message(),
            "expects a range whose minimum is not above its maximum, but found "
            "2 and 1");
}

TEST(QuantizedRoutinesTest, DequantizingGivesTheRangeBack) {
  for (const char *mode : {"MIN_COMBINED", "MIN_FIRST"}) {
    RoutineRun run("Dequantize");
    run.attr("mode", mode).input(quantized({3}, {0, 51, 255}));
    auto out = range(run, 0, 5).result(DType::Float, 1).run();
    ASSERT_TRUE(out.ok()) << out.status();
    std::vector<float> values = valuesOf<float>((*out)[0]);
    EXPECT_FLOAT_EQ(values[0], 0) << mode;
    EXPECT_FLOAT_EQ(values[1], 1) << mode;
    EXPECT_FLOAT_EQ(values[2], 5) << mode;
  }
}

TEST(QuantizedRoutinesTest, ProductsOfMatrices) {
  RoutineRun run("QuantizedMatMul");
  run.input(quantized({2, 3}, {1, 2, 3, 4, 5, 6}));
  run.input(quantized({3, 4}, {7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18}));
  auto out = runFor(range(range(run, 0, 255), 0, 255), DType::QInt32, 2);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(elements<int32_t>((*out)[0]),
            (std::vector<int32_t>{74, 80, 86, 92, 173, 188, 203, 218}));
  // One step of the accumulator is one step of the operands, squared.
  EXPECT_FLOAT_EQ(valuesOf<float>((*out)[2])[0], 2147483648.0f);
}

TEST(QuantizedRoutinesTest, ConvolutionAndPoolingSeeOnlyTheImage) {
  Tensor image = quantized({1, 2, 2, 1}, {1, 2, 3, 5});
  RoutineRun conv("QuantizedConv2D");
  conv.attr("strides", std::vector<int64_t>{1, 1, 1, 1})
      .attr("padding", "SAME");
  conv.input(image).input(quantized({2, 2, 1, 1}, {1, 1, 1, 1}));
  auto out = runFor(range(range(conv, 0, 255), 0, 255), DType::QInt32, 4);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(elements<int32_t>((*out)[0]), (std::vector<int32_t>{11, 7, 8, 5}));

  auto pooled = [&](const char *op) {
    RoutineRun run(op);
    run.attr("strides", std::vector<int64_t>{1, 1, 1, 1});
    run.attr("ksize", std::vector<int64_t>{1, 2, 2, 1}).attr("padding", "SAME");
    auto result = runFor(range(run.input(image), 0, 255), DType::QUInt8, 4);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? elements<uint8_t>((*result)[0]) : Bytes();
  };
  EXPECT_EQ(pooled("QuantizedMaxPool"), (Bytes{5, 5, 5, 5}));
  EXPECT_EQ(pooled("QuantizedAvgPool"), (Bytes{2, 3, 4, 5}));
}

TEST(QuantizedRoutinesTest, ReluCutsAtTheNumberThatStandsForZero) {
  RoutineRun run("QuantizedRelu6");
  run.input(quantized({4}, {0, 128, 130, 255}));
  auto out = runFor(range(run, -128, 127), DType::QUInt8, 1);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(elements<uint8_t>((*out)[0]), (Bytes{128, 128, 130, 134}));
}

} // namespace
} // namespace firn::runtime
