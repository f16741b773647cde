// TopK and NthElement against values worked out by hand.
#include "tests/unit/runtime/RoutineTest.h"

namespace firn::runtime {
namespace {

TEST(SortingRoutinesTest, TopKOrdersEqualValuesByIndex) {
  auto out = RoutineRun("TopKV2")
                 .input<float>({2, 3}, {1, 3, 3, -1, 5, 0})
                 .input<int32_t>({}, {2})
                 .result(DType::Float, 2)
                 .result(DType::Int32, 2)
                 .run();
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ((*out)[0].shape(), (Shape{2, 2}));
  EXPECT_EQ(valuesOf<float>((*out)[0]), (std::vector<float>{3, 3, 5, 0}));
  EXPECT_EQ(valuesOf<int32_t>((*out)[1]), (std::vector<int32_t>{1, 2, 1, 2}));
}

// Near miss: more than there are.
TEST(SortingRoutinesTest, TopKRefusesMoreThanTheRowHas) {
  auto out = RoutineRun("TopKV2")
                 .input<float>({3}, {1, 2, 3})
                 .input<int32_t>({}, {4})
                 .result(DType::Float, 1)
                 .result(DType::Int32, 1)
                 .run();
  EXPECT_EQ(out.status().message(),
            "k is 4, but the last dimension has 3 elements");
}

} // namespace
} // namespace firn::runtime
