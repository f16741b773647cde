// Sparse tensors, with values worked out by hand.
#include "tests/unit/runtime/RoutineCalls.h"

#include <cmath>

namespace firn::runtime::test {
namespace {

using ::testing::ElementsAre;
using ::testing::FloatEq;
using ::testing::HasSubstr;
using ::testing::Pointwise;

/// A tensor of shape [3, 4] with elements at [2, 1], [0, 3] and [0, 0].
Call &addSparse(Call &call) {
  return call.input<int64_t>({3, 2}, {2, 1, 0, 3, 0, 0})
      .input<float>({3}, {5, 6, 7})
      .input<int64_t>({2}, {3, 4});
}

TEST(SparseRoutines, ToDense) {
  auto dense = [](bool validate) {
    return Call("SparseToDense")
        .attr("validate_indices", validate)
        .input<int64_t>({2, 2}, {1, 1, 0, 0})
        .input<int64_t>({2}, {2, 2})
        .input<float>({2}, {5, 6})
        .input<float>({}, {-1})
        .run({{DType::Float, 2}});
  };
  EXPECT_THAT((*dense(false))[0].as<float>(), ElementsAre(6, -1, -1, 5));
  EXPECT_THAT(std::string(dense(true).status().message()),
              HasSubstr("element 1 is not"));
  EXPECT_THAT(Call("SparseToDense")
                  .input<int64_t>({1}, {4})
                  .input<int64_t>({1}, {4})
                  .input<float>({}, {5})
                  .input<float>({}, {0})
                  .failure({{DType::Float, 1}}),
              HasSubstr("index 4 of element 0 is out of range [0, 4)"));
}

TEST(SparseRoutines, Reshape) {
  auto r = Call("SparseReshape")
               .input<int64_t>({2, 2}, {0, 1, 2, 3})
               .input<int64_t>({2}, {3, 4})
               .input<int64_t>({3}, {2, -1, 3})
               .results({{DType::Int64, 2}, {DType::Int64, 1}});
  EXPECT_THAT(r[0].as<int64_t>(), ElementsAre(0, 0, 1, 1, 1, 2));
  EXPECT_THAT(r[1].as<int64_t>(), ElementsAre(2, 2, 3));
}

TEST(SparseRoutines, FillEmptyRows) {
  Call call("SparseFillEmptyRows");
  auto r = addSparse(call).input<float>({}, {9}).results({{DType::Int64, 2},
                                                          {DType::Float, 1},
                                                          {DType::Bool, 1},
                                                          {DType::Int64, 1}});
  EXPECT_THAT(r[0].as<int64_t>(), ElementsAre(0, 3, 0, 0, 1, 0, 2, 1));
  EXPECT_THAT(r[1].as<float>(), ElementsAre(6, 7, 9, 5));
  EXPECT_THAT(r[2].as<uint8_t>(), ElementsAre(0, 1, 0));
  EXPECT_THAT(r[3].as<int64_t>(), ElementsAre(3, 0, 1));
}

TEST(SparseRoutines, ReorderAndSlice) {
  Call reorder("SparseReorder");
  auto r = addSparse(reorder).results({{DType::Int64, 2}, {DType::Float, 1}});
  EXPECT_THAT(r[0].as<int64_t>(), ElementsAre(0, 0, 0, 3, 2, 1));
  EXPECT_THAT(r[1].as<float>(), ElementsAre(7, 6, 5));
  Call slice("SparseSlice");
  r = addSparse(slice)
          .input<int64_t>({2}, {1, 1})
          .input<int64_t>({2}, {2, 9})
          .results({{DType::Int64, 2}, {DType::Float, 1}, {DType::Int64, 1}});
  EXPECT_THAT(r[0].as<int64_t>(), ElementsAre(1, 0));
  EXPECT_THAT(r[1].as<float>(), ElementsAre(5));
  EXPECT_THAT(r[2].as<int64_t>(), ElementsAre(2, 3));
}

TEST(SparseRoutines, ConcatAlongTheLastDimension) {
  auto r =
      Call("SparseConcat")
          .attr("concat_dim", int64_t(-1))
          .input<int64_t>({1, 2}, {1, 0})
          .input<int64_t>({1, 2}, {0, 1})
          .input<float>({1}, {5})
          .input<float>({1}, {6})
          .input<int64_t>({2}, {2, 2})
          .input<int64_t>({2}, {2, 3})
          .results({{DType::Int64, 2}, {DType::Float, 1}, {DType::Int64, 1}});
  EXPECT_THAT(r[0].as<int64_t>(), ElementsAre(0, 3, 1, 0));
  EXPECT_THAT(r[1].as<float>(), ElementsAre(6, 5));
  EXPECT_THAT(r[2].as<int64_t>(), ElementsAre(2, 5));
}

TEST(SparseMathRoutines, AddAndMultiply) {
  Call add("SparseTensorDenseAdd");
  auto r = addSparse(add)
               .input<float>({3, 4}, std::vector<float>(12, 1))
               .results({{DType::Float, 2}});
  EXPECT_THAT(r[0].as<float>(),
              ElementsAre(8, 1, 1, 7, 1, 1, 1, 1, 1, 6, 1, 1));
  Call multiply("SparseTensorDenseMatMul");
  r = addSparse(multiply)
          .input<float>({4, 1}, {1, 2, 3, 4})
          .results({{DType::Float, 2}});
  EXPECT_THAT(r[0].as<float>(), ElementsAre(31, 0, 10));
  Call wrong("SparseTensorDenseMatMul");
  EXPECT_THAT(addSparse(wrong)
                  .input<float>({3, 1}, {1, 2, 3})
                  .failure({{DType::Float, 2}}),
              HasSubstr("matrices that multiply"));
}

TEST(SparseMathRoutines, ReduceAndSoftmax) {
  Call sum("SparseReduceSum");
  auto r =
      addSparse(sum).input<int32_t>({1}, {-1}).results({{DType::Float, 1}});
  EXPECT_THAT(r[0].as<float>(), ElementsAre(13, 0, 5));
  Call softmax("SparseSoftmax");
  r = addSparse(softmax).results({{DType::Float, 1}});
  float e = std::exp(1.0f);
  EXPECT_THAT(r[0].as<float>(),
              Pointwise(FloatEq(), {1.0f, 1 / (1 + e), e / (1 + e)}));
}

} // namespace
} // namespace firn::runtime::test
