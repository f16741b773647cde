// Ragged tensors and sets in rows, with values worked out by hand.
#include "tests/unit/runtime/RoutineCalls.h"

namespace firn::runtime::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(RaggedRoutines, Ranges) {
  auto r = Call("RaggedRange")
               .input<int32_t>({3}, {0, 5, 8})
               .input<int32_t>({3}, {3, 5, 5})
               .input<int32_t>({3}, {1, 1, -2})
               .results({{DType::Int64, 1}, {DType::Int32, 1}});
  EXPECT_THAT(r[0].as<int64_t>(), ElementsAre(0, 3, 3, 5));
  EXPECT_THAT(r[1].as<int32_t>(), ElementsAre(0, 1, 2, 8, 6));
  EXPECT_THAT(Call("RaggedRange")
                  .input<int32_t>({}, {0})
                  .input<int32_t>({}, {3})
                  .input<int32_t>({}, {0})
                  .failure({{DType::Int64, 1}, {DType::Int32, 1}}),
              HasSubstr("other than zero"));
}

TEST(RaggedRoutines, ToSparseOfTwoRaggedDimensions) {
  auto r =
      Call("RaggedTensorToSparse")
          .input<int64_t>({3}, {0, 2, 3})
          .input<int64_t>({4}, {0, 1, 1, 3})
          .input<float>({3}, {1, 2, 3})
          .results({{DType::Int64, 2}, {DType::Float, 1}, {DType::Int64, 1}});
  EXPECT_THAT(r[0].as<int64_t>(), ElementsAre(0, 0, 0, 1, 0, 0, 1, 0, 1));
  EXPECT_THAT(r[2].as<int64_t>(), ElementsAre(2, 2, 2));
  EXPECT_THAT(
      Call("RaggedTensorToSparse")
          .input<int64_t>({3}, {0, 2, 1})
          .input<float>({3}, {1, 2, 3})
          .failure({{DType::Int64, 2}, {DType::Float, 1}, {DType::Int64, 1}}),
      HasSubstr("row splits in order"));
}

TEST(RaggedRoutines, GatherRows) {
  auto r = Call("RaggedGather")
               .input<int64_t>({4}, {0, 2, 2, 5})
               .input<float>({5}, {1, 2, 3, 4, 5})
               .input<int32_t>({3}, {2, 1, 0})
               .results({{DType::Int64, 1}, {DType::Float, 1}});
  EXPECT_THAT(r[0].as<int64_t>(), ElementsAre(0, 3, 3, 5));
  EXPECT_THAT(r[1].as<float>(), ElementsAre(3, 4, 5, 1, 2));
}

TEST(SetOperationRoutines, DenseRows) {
  auto r =
      Call("DenseToDenseSetOperation")
          .attr("set_operation", std::string("a-b"))
          .input<int32_t>({2, 3}, {3, 1, 3, 5, 5, 5})
          .input<int32_t>({2, 2}, {1, 9, 5, 6})
          .results({{DType::Int64, 2}, {DType::Int32, 1}, {DType::Int64, 1}});
  EXPECT_THAT(r[0].as<int64_t>(), ElementsAre(0, 0));
  EXPECT_THAT(r[1].as<int32_t>(), ElementsAre(3));
  EXPECT_THAT(r[2].as<int64_t>(), ElementsAre(2, 1));
}

TEST(SetOperationRoutines, UnionOfStrings) {
  auto r =
      Call("DenseToSparseSetOperation")
          .attr("set_operation", std::string("union"))
          .strings({1, 2}, {"b", "a"})
          .input<int64_t>({1, 2}, {0, 3})
          .strings({1}, {"c"})
          .input<int64_t>({2}, {1, 4})
          .results({{DType::Int64, 2}, {DType::String, 1}, {DType::Int64, 1}});
  EXPECT_EQ(r[1].tensor.strings(), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_THAT(r[2].as<int64_t>(), ElementsAre(1, 3));
}

} // namespace
} // namespace firn::runtime::test
