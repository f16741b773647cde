// Sizes that a model may ask for and no machine has: each is an error of the
// call, or an empty result, and no table is made for it.
#include "tests/unit/runtime/RoutineTest.h"

namespace firn::runtime {
namespace {

constexpr int64_t kHuge = int64_t{1} << 40;

RoutineRun empty(const char *op, const Shape &shape) {
  return RoutineRun(op).input(*Tensor::create(DType::Float, shape));
}

void expectShape(RoutineRun run, const Shape &shape) {
  auto out = run.run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].shape(), shape);
}

TEST(HostileSizes, TopKOfNoRows) {
  expectShape(empty("TopKV2", {0, kHuge})
                  .input<int32_t>({}, {3})
                  .result(DType::Float, 2)
                  .result(DType::Int32, 2),
              {0, 3});
}

TEST(HostileSizes, ShuffleOfEmptyRows) {
  expectShape(empty("RandomShuffle", {kHuge, 0}).result(DType::Float, 2),
              {kHuge, 0});
}

TEST(HostileSizes, ResizeOfNoImages) {
  for (const char *op : {"ResizeBicubic", "ResizeArea"})
    expectShape(empty(op, {0, 1, 1, 1})
                    .input<int32_t>({2}, {INT32_MAX, INT32_MAX})
                    .result(DType::Float, 4),
                {0, INT32_MAX, INT32_MAX, 1});
}

TEST(HostileSizes, SpectrumOfNothing) {
  auto out = empty("RFFT", {1, 0})
                 .input<int32_t>({1}, {INT32_MAX})
                 .result(DType::Complex64, Shape{1, 4})
                 .run();
  EXPECT_EQ(out.status().code(), absl::StatusCode::kInvalidArgument);
  expectShape(empty("RFFT", {0, 0})
                  .input<int32_t>({1}, {INT32_MAX})
                  .result(DType::Complex64, 2),
              {0, INT32_MAX / 2 + 1});
}

TEST(HostileSizes, MfccOfNoFrames) {
  expectShape(empty("Mfcc", {0, 1, kHuge})
                  .input<int32_t>({}, {16000})
                  .result(DType::Float, 3),
              {0, 1, 13});
}

} // namespace
} // namespace firn::runtime
