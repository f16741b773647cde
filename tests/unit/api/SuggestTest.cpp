// Suggestions: near names are found, far ones are not.
#include "api/Suggest.h"

#include <gtest/gtest.h>

#include <vector>

namespace firn {
namespace {

const std::vector<std::string> names = {"serving_default", "logits/BiasAdd",
                                        "input_1", "Softmax"};

TEST(SuggestTest, FindsMisspeltNames) {
  EXPECT_EQ(nearestName("serving_defualt", names), "serving_default");
  EXPECT_EQ(nearestName("softmax", names), "Softmax");
  EXPECT_EQ(nearestName("BiasAdd", names), "logits/BiasAdd");
  EXPECT_EQ(didYouMean("input1", names), " Did you mean 'input_1'?");
}

TEST(SuggestTest, SaysNothingWhenNothingIsNear) {
  EXPECT_EQ(nearestName("conv2d_7/kernel", names), "");
  EXPECT_EQ(didYouMean("x", names), "");
  EXPECT_EQ(didYouMean("", {}), "");
}

} // namespace
} // namespace firn
