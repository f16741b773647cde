// Element types, shapes and tensors: sizes, checked products, copies,
// accessors.
#include "backend/runtime/Tensor.h"

#include <gtest/gtest.h>

#include <limits>

namespace firn {
namespace {

TEST(DTypeTest, NumbersAreTensorFlows) {
  EXPECT_EQ(static_cast<int>(DType::BFloat16), 14);
  EXPECT_EQ(static_cast<int>(DType::UInt64), 23);
  EXPECT_EQ(static_cast<int>(DType::UInt4), 30);
}

TEST(DTypeTest, NamesAndSizesAgreeWithTheNumbers) {
  EXPECT_EQ(nameOf(DType::Half), "half");
  EXPECT_EQ(sizeOf(DType::Half), 2u);
  EXPECT_EQ(sizeOf(DType::Complex128), 16u);
  EXPECT_EQ(sizeOf(DType::String), 0u);
  EXPECT_EQ(nameOf(static_cast<DType>(1000)), "invalid");
  for (int i = 1; i <= static_cast<int>(DType::UInt2); ++i)
    EXPECT_EQ(dtypeFromName(nameOf(static_cast<DType>(i))),
              static_cast<DType>(i));
  EXPECT_EQ(dtypeFromName("float32"), DType::Float);
  EXPECT_EQ(dtypeFromName("float33"), std::nullopt);
}

TEST(ShapeTest, ProductsAreChecked) {
  EXPECT_EQ(numElements(Shape{}), 1);
  EXPECT_EQ(numElements(Shape{2, 3, 4}), 24);
  EXPECT_EQ(numElements(Shape{2, -1}), std::nullopt);
  EXPECT_EQ(numElements(Shape{int64_t(1) << 40, int64_t(1) << 40}),
            std::nullopt);
  // A zero must not hide an overflow: a later reshape would meet it.
  EXPECT_EQ(numElements(Shape{int64_t(1) << 40, int64_t(1) << 40, 0}),
            std::nullopt);
  EXPECT_EQ(numElements(Shape{1000, 0}), 0);
  EXPECT_EQ(byteSize(DType::Double, Shape{int64_t(1) << 61}), std::nullopt);
  EXPECT_EQ(byteSize(DType::String, Shape{1}), std::nullopt);
  EXPECT_EQ(shapeToString(Shape{kDynamicDim, 3}), "[?,3]");
}

TEST(TensorTest, IsZeroedAlignedAndTyped) {
  absl::StatusOr<Tensor> tensor = Tensor::create(DType::Float, Shape{3, 5});
  ASSERT_TRUE(tensor.ok());
  EXPECT_EQ(reinterpret_cast<uintptr_t>(tensor->data()) % 64, 0u);
  EXPECT_EQ(tensor->byteSize(), 60);
  ASSERT_EQ(tensor->values<float>().size(), 15u);
  EXPECT_EQ(tensor->values<float>()[14], 0.0f);
  EXPECT_TRUE(tensor->values<int32_t>().empty());
}

TEST(TensorTest, CopiesAreDeepAndMovesLeaveNothing) {
  Tensor tensor = *Tensor::from<int32_t>(Shape{2}, {7, 8});
  Tensor copy = tensor;
  copy.values<int32_t>()[0] = 1;
  EXPECT_EQ(tensor.values<int32_t>()[0], 7);
  Tensor moved = std::move(tensor);
  EXPECT_EQ(moved.values<int32_t>()[1], 8);
  EXPECT_EQ(tensor.dtype(), DType::Invalid);
  EXPECT_EQ(tensor.numElements(), 0);
}

TEST(TensorTest, HoldsStrings) {
  Tensor tensor =
      *Tensor::from<std::string>(Shape{2}, {"a", std::string("\0b", 2)});
  EXPECT_EQ(tensor.dtype(), DType::String);
  EXPECT_EQ(tensor.strings()[1].size(), 2u);
  auto *strings = static_cast<std::string *>(tensor.view().data);
  EXPECT_EQ(strings[0], "a");
}

TEST(TensorTest, RefusesWhatCannotBe) {
  EXPECT_FALSE(Tensor::create(DType::Float, Shape{-1}).ok());
  EXPECT_FALSE(Tensor::create(DType::Resource, Shape{1}).ok());
  EXPECT_EQ(Tensor::uninitialized(DType::Float, Shape{int64_t(1) << 59})
                .status()
                .code(),
            absl::StatusCode::kResourceExhausted);
  absl::Status status = Tensor::from<float>(Shape{3}, {1, 2}).status();
  EXPECT_EQ(status.message(),
            "shape [3] has 3 elements, but 2 values were given");
}

TEST(TensorTest, BitcastKeepsTheBits) {
  Tensor tensor = *Tensor::from<uint16_t>(Shape{1}, {0x3f80});
  EXPECT_TRUE(tensor.bitcast(DType::BFloat16).ok());
  EXPECT_EQ(tensor.dtype(), DType::BFloat16);
  EXPECT_FALSE(tensor.bitcast(DType::Float).ok());
  EXPECT_FALSE(tensor.bitcast(DType::String).ok());
}

TEST(TensorTest, ReshapeKeepsTheElements) {
  Tensor tensor = *Tensor::from<float>(Shape{2, 2}, {1, 2, 3, 4});
  EXPECT_TRUE(tensor.reshape(Shape{4}).ok());
  EXPECT_EQ(tensor.rank(), 1);
  EXPECT_EQ(tensor.values<float>()[3], 4);
  EXPECT_FALSE(tensor.reshape(Shape{5}).ok());
}

} // namespace
} // namespace firn
