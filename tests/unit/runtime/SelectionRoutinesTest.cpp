// Sets of values, positions and counts, with values worked out by hand.
#include "tests/unit/runtime/RoutineCalls.h"

#include <cmath>
#include <limits>

namespace firn::runtime::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pointwise;

const float kNaN = std::numeric_limits<float>::quiet_NaN();

TEST(SetRoutines, UniqueKeepsTheOrderOfFirstPositions) {
  auto r = Call("Unique")
               .input<int32_t>({6}, {5, 2, 5, 7, 2, 5})
               .results({{DType::Int32, 1}, {DType::Int64, 1}});
  EXPECT_THAT(r[0].as<int32_t>(), ElementsAre(5, 2, 7));
  EXPECT_THAT(r[1].as<int64_t>(), ElementsAre(0, 1, 0, 2, 1, 0));
}

TEST(SetRoutines, EveryNaNIsDifferentAndZerosAreEqual) {
  auto r =
      Call("UniqueWithCounts")
          .input<float>({5}, {kNaN, 0.0f, -0.0f, kNaN, 1.0f})
          .results({{DType::Float, 1}, {DType::Int32, 1}, {DType::Int32, 1}});
  EXPECT_THAT(r[1].as<int32_t>(), ElementsAre(0, 1, 1, 2, 3));
  EXPECT_THAT(r[2].as<int32_t>(), ElementsAre(1, 2, 1, 1));
}

TEST(SetRoutines, UniqueSlicesAlongAnAxis) {
  const std::vector<ResultType> types = {{DType::Int32, 2}, {DType::Int32, 1}};
  auto unique = [&](const std::vector<int64_t> &axis) {
    return Call("UniqueV2")
        .input<int32_t>({2, 3}, {1, 2, 1, 3, 4, 3})
        .input<int64_t>({static_cast<int64_t>(axis.size())}, axis)
        .run(types);
  };
  auto r = *unique({-1});
  EXPECT_EQ(r[0].shape(), (Shape{2, 2}));
  EXPECT_THAT(r[0].as<int32_t>(), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(r[1].as<int32_t>(), ElementsAre(0, 1, 0));
  EXPECT_THAT(std::string(unique({2}).status().message()),
              HasSubstr("expects an axis in [-2, 2), but got 2"));
  EXPECT_THAT(std::string(unique({}).status().message()),
              HasSubstr("expects x of rank 1, but got shape [2,3]"));
}

TEST(SetRoutines, ListDiffOfStrings) {
  auto r = Call("ListDiff")
               .strings({4}, {"a", "b", "a", "c"})
               .strings({1}, {"b"})
               .results({{DType::String, 1}, {DType::Int32, 1}});
  EXPECT_EQ(r[0].shape(), Shape{3});
  EXPECT_THAT(r[1].as<int32_t>(), ElementsAre(0, 2, 3));
}

TEST(SetRoutines, WhereGivesIndicesOfWhatIsNotZero) {
  auto r = Call("Where")
               .input<float>({2, 2}, {0, 1, kNaN, -0.0f})
               .results({{DType::Int64, 2}});
  EXPECT_EQ(r[0].shape(), (Shape{2, 2}));
  EXPECT_THAT(r[0].as<int64_t>(), ElementsAre(0, 1, 1, 0));
  r = Call("Where").input<float>({2, 0}, {}).results({{DType::Int64, 2}});
  EXPECT_EQ(r[0].shape(), (Shape{0, 2}));
}

TEST(CountingRoutines, InTopKCountsTheBetterOnes) {
  auto r = Call("InTopKV2")
               .input<float>({4, 3}, {1, 3, 3, 1, 3, 2, kNaN, 0, 1, 1, 2, 3})
               .input<int32_t>({4}, {2, 0, 2, 3})
               .input<int32_t>({}, {1})
               .results({{DType::Bool, 1}});
  EXPECT_THAT(r[0].as<uint8_t>(), ElementsAre(1, 0, 0, 0));
}

TEST(CountingRoutines, BoundsInSortedRows) {
  for (bool upper : {false, true}) {
    auto r = Call(upper ? "UpperBound" : "LowerBound")
                 .input<float>({2, 3}, {1, 2, 2, 5, 6, 7})
                 .input<float>({2, 2}, {2, 0, 9, 5})
                 .results({{DType::Int32, 2}});
    if (upper)
      EXPECT_THAT(r[0].as<int32_t>(), ElementsAre(3, 0, 3, 1));
    else
      EXPECT_THAT(r[0].as<int32_t>(), ElementsAre(1, 0, 3, 0));
  }
  auto r = Call("Bucketize")
               .attr("boundaries", std::vector<double>{0, 10})
               .input<float>({4}, {-1, 0, 9.5f, 10})
               .results({{DType::Int32, 1}});
  EXPECT_THAT(r[0].as<int32_t>(), ElementsAre(0, 1, 1, 2));
}

TEST(CountingRoutines, BincountWithAndWithoutWeights) {
  auto counts = Call("Bincount")
                    .input<int32_t>({4}, {1, 1, 3, 9})
                    .input<int32_t>({}, {4})
                    .input<float>({0}, {})
                    .results({{DType::Float, 1}});
  EXPECT_THAT(counts[0].as<float>(), ElementsAre(0, 2, 0, 1));
  auto rows = Call("DenseBincount")
                  .input<int32_t>({2, 2}, {1, 1, 0, 1})
                  .input<int32_t>({}, {2})
                  .input<int32_t>({2, 2}, {5, 6, 7, 8})
                  .results({{DType::Int32, 2}});
  EXPECT_THAT(rows[0].as<int32_t>(), ElementsAre(0, 11, 7, 8));
  EXPECT_THAT(Call("Bincount")
                  .input<int32_t>({2}, {1, -1})
                  .input<int32_t>({}, {4})
                  .input<float>({0}, {})
                  .failure({{DType::Float, 1}}),
              HasSubstr("got -1 at position 1"));
}

TEST(CountingRoutines, HistogramCountsOutsidersAtTheEnds) {
  auto r = Call("HistogramFixedWidth")
               .input<float>({6}, {-1, 0, 1.5f, 2, 5, 15})
               .input<float>({2}, {0, 5})
               .input<int32_t>({}, {5})
               .results({{DType::Int32, 1}});
  EXPECT_THAT(r[0].as<int32_t>(), ElementsAre(2, 1, 1, 0, 2));
}

TEST(CountingRoutines, LogSumExpBothWays) {
  auto r = Call("CumulativeLogsumexp")
               .attr("reverse", true)
               .input<float>({3}, {0, 0, 1000})
               .input<int32_t>({}, {0})
               .results({{DType::Float, 1}});
  EXPECT_THAT(r[0].as<float>(), ElementsAre(1000, 1000, 1000));
  r = Call("CumulativeLogsumexp")
          .attr("exclusive", true)
          .input<float>({3}, {0, 0, 1})
          .input<int32_t>({}, {0})
          .results({{DType::Float, 1}});
  EXPECT_THAT(r[0].as<float>(),
              Pointwise(testing::FloatEq(), {-std::numeric_limits<float>::max(),
                                             0.0f, std::log(2.0f)}));
}

} // namespace
} // namespace firn::runtime::test
