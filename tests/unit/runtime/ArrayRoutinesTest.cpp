// Routines that move elements, against values worked out by hand.
#include "tests/unit/runtime/RoutineTest.h"

#include <limits>

namespace firn::runtime {
namespace {

using Ints = std::vector<int32_t>;
using Floats = std::vector<float>;

/// The one result of a run of float, as [shape, values]; the error's text if it
/// fails.
template <typename T>
void expectResult(RoutineRun run, const Shape &shape,
                  const std::vector<T> &values) {
  auto out = run.result(dtypeOf<T>(), shape.size()).run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].shape(), shape);
  EXPECT_EQ(valuesOf<T>((*out)[0]), values);
}

void expectError(RoutineRun run, size_t rank, const std::string &text) {
  auto out = run.result(DType::Int32, rank).run();
  EXPECT_EQ(out.status().message(), text);
}

RoutineRun matrix(const char *op) {
  return RoutineRun(op).input<int32_t>({2, 3}, {1, 2, 3, 4, 5, 6});
}

TEST(SliceRoutines, Slice) {
  auto slice = [](Ints begin, Ints size) {
    return matrix("Slice").input<int32_t>({2}, begin).input<int32_t>({2}, size);
  };
  expectResult<int32_t>(slice({0, 1}, {2, -1}), {2, 2}, {2, 3, 5, 6});
  expectResult<int32_t>(slice({2, 0}, {-1, 1}), {0, 1}, {});
  expectError(slice({1, 0}, {2, 1}), 2,
              "reaches out of dimension 0 of size 2: begin 1, size 2");
}

// Dimensions of a tensor without elements may be of any size; no table is made
// for them.
TEST(SliceRoutines, EmptyTensorsOfAnySize) {
  const int64_t huge = int64_t{1} << 40;
  using Longs = std::vector<int64_t>;
  auto empty = [&](const char *op) {
    return RoutineRun(op).input(
        *Tensor::create(DType::Int32, Shape{huge, 0, 3}));
  };
  auto expectShape = [](RoutineRun run, const Shape &shape) {
    auto out = run.result(DType::Int32, shape.size()).run();
    ASSERT_TRUE(out.ok()) << out.status();
    EXPECT_EQ((*out)[0].shape(), shape);
  };
  expectShape(empty("Slice")
                  .input<int64_t>({3}, {0, 0, 0})
                  .input<int64_t>({3}, {-1, -1, -1}),
              {huge, 0, 3});
  expectShape(empty("StridedSlice")
                  .input<int64_t>({1}, {1})
                  .input<int64_t>({1}, {huge})
                  .input<int64_t>({1}, {1}),
              {huge - 1, 0, 3});
  expectShape(empty("Transpose").input<int64_t>({3}, {1, 2, 0}), {0, 3, huge});
  expectShape(empty("ReverseV2").input<int64_t>({1}, {0}), {huge, 0, 3});
  expectShape(empty("Roll").input<int64_t>({1}, {1}).input<int64_t>({1}, {0}),
              {huge, 0, 3});
  expectShape(empty("Pad").input<int64_t>({3, 2}, Longs{1, 0, 0, 0, 0, 0}),
              {huge + 1, 0, 3});
  expectShape(RoutineRun("StridedSliceGrad")
                  .input<int64_t>({2}, {huge, 0})
                  .input<int64_t>({1}, {0})
                  .input<int64_t>({1}, {1})
                  .input<int64_t>({1}, {1})
                  .input(*Tensor::create(DType::Int32, Shape{1, 0})),
              {huge, 0});
}

TEST(SliceRoutines, StridedSlice) {
  auto slice = [](Ints begin, Ints end, Ints strides) {
    auto count = static_cast<int64_t>(begin.size());
    return matrix("StridedSlice")
        .input<int32_t>({count}, begin)
        .input<int32_t>({count}, end)
        .input<int32_t>({count}, strides);
  };
  // x[0:2, ::-1]: limits are clamped, the mask says both ends.
  expectResult<int32_t>(slice({0, 7}, {9, 7}, {1, -1})
                            .attr("begin_mask", int64_t{2})
                            .attr("end_mask", int64_t{2}),
                        {2, 3}, {3, 2, 1, 6, 5, 4});
  // x[-1, newaxis, 1:3]
  expectResult<int32_t>(slice({-1, 0, 1}, {0, 0, 3}, {1, 1, 1})
                            .attr("shrink_axis_mask", int64_t{1})
                            .attr("new_axis_mask", int64_t{2}),
                        {1, 2}, {5, 6});
  // x[..., 1]
  expectResult<int32_t>(slice({0, 1}, {0, 2}, {1, 1})
                            .attr("ellipsis_mask", int64_t{1})
                            .attr("shrink_axis_mask", int64_t{2}),
                        {2}, {2, 5});
  expectError(slice({2}, {3}, {1}).attr("shrink_axis_mask", int64_t{1}), 1,
              "index 2 of dimension 0 is out of bounds (size 2)");
  expectError(slice({0}, {1}, {0}), 2, "expects strides that are not zero");
}

TEST(SliceRoutines, StridedSliceGrad) {
  expectResult<int32_t>(RoutineRun("StridedSliceGrad")
                            .input<int32_t>({1}, {5})
                            .input<int32_t>({1}, {4})
                            .input<int32_t>({1}, {0})
                            .input<int32_t>({1}, {-2})
                            .input<int32_t>({2}, {7, 8}),
                        {5}, {0, 0, 8, 0, 7});
}

TEST(SliceRoutines, SplitVTakesWhatIsLeft) {
  auto split = [](Ints sizes) {
    return matrix("SplitV")
        .input<int32_t>({2}, sizes)
        .input<int32_t>({}, {-1})
        .result(DType::Int32, 2);
  };
  auto out = split({1, -1}).result(DType::Int32, 2).run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<int32_t>((*out)[0]), (Ints{1, 4}));
  EXPECT_EQ(valuesOf<int32_t>((*out)[1]), (Ints{2, 3, 5, 6}));
  expectError(split({1, 1}), 2,
              "expects 2 sizes that add up to 3, but got [1,1]");
}

TEST(SliceRoutines, UnpackDropsTheAxis) {
  auto out = matrix("Unpack")
                 .attr("axis", int64_t{0})
                 .result(DType::Int32, 1)
                 .result(DType::Int32, 1)
                 .run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<int32_t>((*out)[1]), (Ints{4, 5, 6}));
}

TEST(RearrangeRoutines, Orders) {
  expectResult<int32_t>(matrix("Transpose").input<int32_t>({2}, {1, 0}), {3, 2},
                        {1, 4, 2, 5, 3, 6});
  expectError(matrix("Transpose").input<int32_t>({2}, {1, 1}), 2,
              "expects a permutation of the 2 dimensions, but got [1,1]");
  expectResult<int32_t>(matrix("ReverseV2").input<int32_t>({1}, {-1}), {2, 3},
                        {3, 2, 1, 6, 5, 4});
  expectResult<int32_t>(
      matrix("Roll").input<int32_t>({2}, {1, -4}).input<int32_t>({2}, {0, 1}),
      {2, 3}, {5, 6, 4, 2, 3, 1});
  expectResult<int32_t>(RoutineRun("ReverseSequence")
                            .input<int32_t>({2, 3}, {1, 2, 3, 4, 5, 6})
                            .input<int64_t>({2}, {2, 3})
                            .attr("seq_dim", int64_t{1}),
                        {2, 3}, {2, 1, 3, 6, 5, 4});
}

TEST(RearrangeRoutines, Repeats) {
  expectResult<int32_t>(matrix("Tile").input<int32_t>({2}, {2, 1}), {4, 3},
                        {1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6});
  expectResult<int32_t>(matrix("Tile").input<int32_t>({2}, {0, 1}), {0, 3}, {});
  expectResult<int32_t>(RoutineRun("BroadcastTo")
                            .input<int32_t>({2, 1}, {1, 2})
                            .input<int32_t>({3}, {2, 2, 2}),
                        {2, 2, 2}, {1, 1, 2, 2, 1, 1, 2, 2});
  expectError(matrix("BroadcastTo").input<int32_t>({2}, {2, 6}), 2,
              "cannot broadcast [2,3] to the shape [2,6]");
}

TEST(RearrangeRoutines, Paddings) {
  auto pad = [](const char *op, Ints paddings) {
    return RoutineRun(op)
        .input<int32_t>({3}, {1, 2, 3})
        .input<int32_t>({1, 2}, paddings);
  };
  expectResult<int32_t>(pad("Pad", {1, 2}), {6}, {0, 1, 2, 3, 0, 0});
  expectResult<int32_t>(pad("PadV2", {1, 0}).input<int32_t>({}, {9}), {4},
                        {9, 1, 2, 3});
  expectResult<int32_t>(
      pad("MirrorPad", {2, 1}).attr("mode", std::string("REFLECT")), {6},
      {3, 2, 1, 2, 3, 2});
  expectResult<int32_t>(
      pad("MirrorPad", {3, 1}).attr("mode", std::string("SYMMETRIC")), {7},
      {3, 2, 1, 1, 2, 3, 3});
  expectError(pad("MirrorPad", {3, 0}).attr("mode", std::string("REFLECT")), 1,
              "paddings 3 and 0 of dimension 0 of size 3 are out of range");
}

TEST(RearrangeRoutines, Joins) {
  expectResult<int32_t>(
      matrix("ConcatV2").input<int32_t>({2, 1}, {7, 8}).input<int32_t>({}, {1}),
      {2, 4}, {1, 2, 3, 7, 4, 5, 6, 8});
  expectError(matrix("ConcatV2")
                  .input<int32_t>({3, 1}, {7, 8, 9})
                  .input<int32_t>({}, {1}),
              2,
              "expects inputs that agree but for dimension 1, but got [2,3] "
              "and [3,1]");
  auto out = RoutineRun("Pack")
                 .text({2}, {"a", ""})
                 .text({2}, {"c", "d"})
                 .attr("axis", int64_t{1})
                 .result(DType::String, 2)
                 .run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].strings(), (std::vector<std::string>{"a", "c", "", "d"}));
  expectResult<int32_t>(RoutineRun("ParallelConcat")
                            .input<int32_t>({1, 2}, {1, 2})
                            .input<int32_t>({1, 2}, {3, 4}),
                        {2, 2}, {1, 2, 3, 4});
}

TEST(ShapeRoutines, Reshapes) {
  auto reshape = [](Ints shape) {
    return matrix("Reshape").input<int32_t>({int64_t(shape.size())}, shape);
  };
  expectResult<int32_t>(reshape({3, -1}), {3, 2}, {1, 2, 3, 4, 5, 6});
  expectError(reshape({4, -1}), 2, "cannot bring [2,3] into the shape [4,?]");
  expectError(reshape({-1, -1}), 2,
              "expects a shape with at most one -1, but got [?,?]");
  expectResult<int32_t>(matrix("ExpandDims").input<int32_t>({}, {-1}),
                        {2, 3, 1}, {1, 2, 3, 4, 5, 6});
  expectResult<int32_t>(matrix("Shape"), {2}, {2, 3});
  expectResult<int32_t>(matrix("Size"), {}, {6});
}

TEST(ShapeRoutines, BitcastChangesTheShape) {
  expectResult<uint8_t>(RoutineRun("Bitcast").input<int32_t>({1}, {0x01020304}),
                        {1, 4}, {4, 3, 2, 1});
  expectResult<float>(
      RoutineRun("Bitcast").input<uint8_t>({1, 4}, {0, 0, 0x80, 0x3f}), {1},
      {1.0f});
  expectError(RoutineRun("Bitcast").input<uint8_t>({3}, {0, 0, 0}), 0,
              "expects a last dimension of size 4, but got [3]");
}

TEST(ShapeRoutines, ShapesAsValues) {
  expectResult<int32_t>(
      RoutineRun("Fill").input<int32_t>({2}, {2, 1}).input<int32_t>({}, {7}),
      {2, 1}, {7, 7});
  expectResult<int32_t>(RoutineRun("BroadcastArgs")
                            .input<int32_t>({2}, {4, 1})
                            .input<int32_t>({3}, {2, 1, 3}),
                        {3}, {2, 4, 3});
  expectResult<int32_t>(
      RoutineRun("InvertPermutation").input<int32_t>({3}, {2, 0, 1}), {3},
      {1, 2, 0});
  expectError(RoutineRun("InvertPermutation").input<int32_t>({2}, {1, 1}), 1,
              "1 is there twice");
  auto out = RoutineRun("ConcatOffset")
                 .input<int32_t>({}, {1})
                 .input<int32_t>({2}, {2, 5})
                 .input<int32_t>({2}, {2, 7})
                 .result(DType::Int32, 1)
                 .result(DType::Int32, 1)
                 .run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(valuesOf<int32_t>((*out)[1]), (Ints{0, 5}));
}

TEST(SequenceRoutines, Range) {
  auto range = [](int32_t start, int32_t limit, int32_t delta) {
    return RoutineRun("Range")
        .input<int32_t>({}, {start})
        .input<int32_t>({}, {limit})
        .input<int32_t>({}, {delta});
  };
  expectResult<int32_t>(range(3, 9, 2), {3}, {3, 5, 7});
  expectResult<int32_t>(range(3, -1, -3), {2}, {3, 0});
  expectResult<int32_t>(range(3, 3, 1), {0}, {});
  expectError(range(3, 9, -1), 1, "expects a limit in the direction of delta");
  expectError(range(3, 9, 0), 1, "expects a delta that is not 0");
  // Added up with rounding, not multiplied.
  float step = 0.1f;
  expectResult<float>(
      RoutineRun("Range")
          .input<float>({}, {0})
          .input<float>({}, {0.45f})
          .input<float>({}, {step}),
      {5},
      {0, step, step + step, step + step + step, step + step + step + step});
}

TEST(SequenceRoutines, LinSpace) {
  expectResult<float>(RoutineRun("LinSpace")
                          .input<float>({}, {1})
                          .input<float>({}, {3})
                          .input<int32_t>({}, {5}),
                      {5}, {1, 1.5, 2, 2.5, 3});
}

TEST(SequenceRoutines, OneHot) {
  auto oneHot = [](int64_t axis) {
    return RoutineRun("OneHot")
        .input<int32_t>({3}, {1, -1, 0})
        .input<int32_t>({}, {2})
        .input<int32_t>({}, {5})
        .input<int32_t>({}, {4})
        .attr("axis", axis);
  };
  expectResult<int32_t>(oneHot(-1), {3, 2}, {4, 5, 4, 4, 5, 4});
  expectResult<int32_t>(oneHot(0), {2, 3}, {4, 4, 5, 5, 4, 4});
}

TEST(SequenceRoutines, Scans) {
  auto scan = [](const char *op, int32_t axis, bool exclusive, bool reverse) {
    return matrix(op)
        .input<int32_t>({}, {axis})
        .attr("exclusive", exclusive)
        .attr("reverse", reverse);
  };
  expectResult<int32_t>(scan("Cumsum", 1, false, false), {2, 3},
                        {1, 3, 6, 4, 9, 15});
  expectResult<int32_t>(scan("Cumsum", 0, true, false), {2, 3},
                        {0, 0, 0, 1, 2, 3});
  expectResult<int32_t>(scan("Cumprod", -1, false, true), {2, 3},
                        {6, 6, 3, 120, 30, 6});
  expectResult<int32_t>(scan("Cumprod", -1, true, true), {2, 3},
                        {6, 3, 1, 30, 6, 1});
  expectError(scan("Cumsum", 2, false, false), 2,
              "expects an axis in [-2, 2), but got 2");
}

} // namespace
} // namespace firn::runtime
