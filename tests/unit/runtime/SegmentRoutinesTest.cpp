// Segments, partitions and suppressed boxes, with values worked out by hand.
#include "tests/unit/runtime/RoutineCalls.h"

#include <cmath>
#include <limits>

namespace firn::runtime::test {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatEq;
using ::testing::HasSubstr;
using ::testing::Pointwise;

TEST(SegmentRoutines, SortedSegmentsWithAGap) {
  auto reduce = [](const std::string &op) {
    auto r = Call(op)
                 .input<float>({3, 2}, {1, -2, 3, -4, 5, 6})
                 .input<int32_t>({3}, {0, 0, 2})
                 .results({{DType::Float, 2}});
    EXPECT_EQ(r[0].shape(), (Shape{3, 2}));
    return r[0].as<float>();
  };
  EXPECT_THAT(reduce("SegmentSum"), ElementsAre(4, -6, 0, 0, 5, 6));
  EXPECT_THAT(reduce("SegmentMean"), ElementsAre(2, -3, 0, 0, 5, 6));
  EXPECT_THAT(reduce("SegmentMax"), ElementsAre(3, -2, 0, 0, 5, 6));
  EXPECT_THAT(reduce("SegmentMin"), ElementsAre(1, -4, 0, 0, 5, 6));
  EXPECT_THAT(reduce("SegmentProd"), ElementsAre(3, 8, 1, 1, 5, 6));
}

TEST(SegmentRoutines, IdsOutOfOrderAreRefused) {
  EXPECT_THAT(Call("SegmentSum")
                  .input<float>({2}, {1, 2})
                  .input<int32_t>({2}, {1, 0})
                  .failure({{DType::Float, 1}}),
              HasSubstr("got 0 at position 1 after 1"));
  EXPECT_THAT(Call("SegmentSum")
                  .input<float>({2}, {1, 2})
                  .input<int32_t>({1}, {0})
                  .failure({{DType::Float, 1}}),
              HasSubstr("rows and segment ids, but got 2 and 1"));
}

TEST(SegmentRoutines, UnsortedSegmentsDropNegativeIds) {
  auto reduce = [](const std::string &op) {
    return Call(op)
        .input<int32_t>({4}, {1, 2, 3, 4})
        .input<int64_t>({4}, {1, -1, 1, 0})
        .input<int32_t>({}, {3})
        .results({{DType::Int32, 1}})[0]
        .as<int32_t>();
  };
  constexpr int32_t low = std::numeric_limits<int32_t>::lowest();
  EXPECT_THAT(reduce("UnsortedSegmentSum"), ElementsAre(4, 4, 0));
  EXPECT_THAT(reduce("UnsortedSegmentProd"), ElementsAre(4, 3, 1));
  EXPECT_THAT(reduce("UnsortedSegmentMax"), ElementsAre(4, 3, low));
  EXPECT_THAT(Call("UnsortedSegmentSum")
                  .input<int32_t>({1}, {1})
                  .input<int64_t>({1}, {3})
                  .input<int32_t>({}, {3})
                  .failure({{DType::Int32, 1}}),
              HasSubstr("below 3, but got 3 at position 0"));
}

TEST(SegmentRoutines, SparseSegmentsPickRows) {
  auto r = Call("SparseSegmentSqrtN")
               .input<float>({3, 1}, {1, 2, 6})
               .input<int32_t>({3}, {2, 2, 0})
               .input<int32_t>({3}, {0, 0, 1})
               .results({{DType::Float, 2}});
  EXPECT_THAT(r[0].as<float>(),
              Pointwise(FloatEq(), {12 / std::sqrt(2.0f), 1.0f}));
  r = Call("SparseSegmentMeanWithNumSegments")
          .input<float>({3, 1}, {1, 2, 6})
          .input<int32_t>({2}, {2, 1})
          .input<int32_t>({2}, {1, 1})
          .input<int32_t>({}, {3})
          .results({{DType::Float, 2}});
  EXPECT_THAT(r[0].as<float>(), ElementsAre(0, 4, 0));
  EXPECT_THAT(Call("SparseSegmentSum")
                  .input<float>({3, 1}, {1, 2, 6})
                  .input<int32_t>({1}, {3})
                  .input<int32_t>({1}, {0})
                  .failure({{DType::Float, 2}}),
              HasSubstr("in [0, 3), but got 3 at position 0"));
}

TEST(PartitionRoutines, StitchUndoesPartition) {
  auto r = Call("DynamicPartition")
               .input<float>({3, 2}, {1, 2, 3, 4, 5, 6})
               .input<int32_t>({3}, {1, 0, 1})
               .results({{DType::Float, 2}, {DType::Float, 2}});
  EXPECT_THAT(r[0].as<float>(), ElementsAre(3, 4));
  EXPECT_THAT(r[1].as<float>(), ElementsAre(1, 2, 5, 6));
  r = Call("DynamicStitch")
          .input<int32_t>({1}, {1})
          .input<int32_t>({2}, {0, 3})
          .input<float>({1, 2}, {3, 4})
          .input<float>({2, 2}, {1, 2, 5, 6})
          .results({{DType::Float, 2}});
  EXPECT_THAT(r[0].as<float>(), ElementsAre(1, 2, 3, 4, 0, 0, 5, 6));
  EXPECT_THAT(Call("DynamicPartition")
                  .input<float>({1}, {1})
                  .input<int32_t>({1}, {2})
                  .failure({{DType::Float, 1}, {DType::Float, 1}}),
              HasSubstr("in [0, 2), but got 2"));
}

// Boxes 0 and 1 overlap by more than half, box 2 stands alone.
const std::vector<float> kBoxes = {0, 0, 1, 1, 0, 0.1f, 1, 1.1f, 0, 2, 1, 3};

TEST(DetectionRoutines, OverlappingBoxesGo) {
  auto r = Call("NonMaxSuppressionV3")
               .input<float>({3, 4}, kBoxes)
               .input<float>({3}, {0.8f, 0.9f, 0.3f})
               .input<int32_t>({}, {5})
               .input<float>({}, {0.5f})
               .input<float>({}, {0.1f})
               .results({{DType::Int32, 1}});
  EXPECT_THAT(r[0].as<int32_t>(), ElementsAre(1, 2));
  r = Call("NonMaxSuppressionV4")
          .attr("pad_to_max_output_size", true)
          .input<float>({3, 4}, kBoxes)
          .input<float>({3}, {0.8f, 0.9f, 0.3f})
          .input<int32_t>({}, {3})
          .input<float>({}, {0.5f})
          .input<float>({}, {0.3f})
          .results({{DType::Int32, 1}, {DType::Int32, 0}});
  EXPECT_THAT(r[0].as<int32_t>(), ElementsAre(1, 0, 0));
  EXPECT_THAT(r[1].as<int32_t>(), ElementsAre(1));
}

TEST(DetectionRoutines, SoftSuppressionLowersScores) {
  auto r =
      Call("NonMaxSuppressionV5")
          .input<float>({3, 4}, kBoxes)
          .input<float>({3}, {0.8f, 0.9f, 0.3f})
          .input<int32_t>({}, {3})
          .input<float>({}, {1.0f})
          .input<float>({}, {0.0f})
          .input<float>({}, {0.5f})
          .results({{DType::Int32, 1}, {DType::Float, 1}, {DType::Int32, 0}});
  float shared = 0.9f / 1.1f;
  EXPECT_THAT(r[0].as<int32_t>(), ElementsAre(1, 0, 2));
  EXPECT_THAT(r[1].as<float>(),
              Pointwise(testing::FloatNear(1e-6f),
                        {0.9f, 0.8f * std::exp(-shared * shared), 0.3f}));
}

TEST(DetectionRoutines, CombinedTakesTheBestOfAllClasses) {
  std::vector<float> scores = {0.8f, 0.1f, 0.9f, 0.7f, 0.3f, 0.6f};
  auto r = Call("CombinedNonMaxSuppression")
               .input<float>({1, 3, 1, 4}, kBoxes)
               .input<float>({1, 3, 2}, scores)
               .input<int32_t>({}, {2})
               .input<int32_t>({}, {3})
               .input<float>({}, {0.5f})
               .input<float>({}, {0.2f})
               .results({{DType::Float, 3},
                         {DType::Float, 2},
                         {DType::Float, 2},
                         {DType::Int32, 1}});
  EXPECT_THAT(r[1].as<float>(), ElementsAre(0.9f, 0.7f, 0.6f));
  EXPECT_THAT(r[2].as<float>(), ElementsAre(0, 1, 1));
  EXPECT_THAT(r[3].as<int32_t>(), ElementsAre(3));
  EXPECT_EQ(r[0].as<float>()[3], 1.0f); // clipped
}

} // namespace
} // namespace firn::runtime::test
