// What is written as a checkpoint is read as the same values.
#include "backend/graphdef/CheckpointFile.h"
#include "frontend/checkpoint/CheckpointReader.h"
#include "ir/TFGConstants.h"
#include "ir/TFGOps.h"

#include "absl/strings/str_cat.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

#include <filesystem>

using namespace mlir;

namespace firn {
namespace {

class CheckpointFileTest : public ::testing::Test {
protected:
  CheckpointFileTest() {
    context.loadDialect<tfg::TFGDialect>();
    std::filesystem::create_directories(folder);
  }
  ~CheckpointFileTest() override { std::filesystem::remove_all(folder); }

  /// Writes, and reads all keys back.
  std::unique_ptr<CheckpointReader>
  roundTrip(ArrayRef<CheckpointValue> values) {
    absl::Status status = writeCheckpoint(prefix, values);
    EXPECT_TRUE(status.ok()) << std::string(status.message());
    auto reader = CheckpointReader::open(prefix);
    EXPECT_TRUE(reader.ok()) << std::string(reader.status().message());
    return reader.ok() ? *std::move(reader) : nullptr;
  }

  MLIRContext context;
  std::string folder = ::testing::TempDir() + "firn-checkpoint-file-test";
  std::string prefix = folder + "/variables";
};

template <typename T> std::vector<T> valuesOf(const CheckpointTensor &tensor) {
  std::vector<T> values(tensor.data.size() / sizeof(T));
  std::memcpy(values.data(), tensor.data.data(), tensor.data.size());
  return values;
}

TEST_F(CheckpointFileTest, NumbersSplatsAndScalars) {
  Builder builder(&context);
  auto floats = DenseElementsAttr::get(
      RankedTensorType::get({2, 2}, builder.getF32Type()),
      ArrayRef<float>{1, 2, 3, 4});
  auto splat = DenseElementsAttr::get(
      RankedTensorType::get({3}, builder.getI64Type()), int64_t(7));
  auto bools =
      DenseElementsAttr::get(RankedTensorType::get({3}, builder.getI1Type()),
                             ArrayRef<bool>{true, false, true});
  auto scalar = DenseElementsAttr::get(
      RankedTensorType::get({}, builder.getF64Type()), 0.5);
  auto reader =
      roundTrip({{"z", floats}, {"a/b", splat}, {"a", bools}, {"s", scalar}});
  ASSERT_TRUE(reader);
  auto tensor = reader->read("z");
  ASSERT_TRUE(tensor.ok()) << std::string(tensor.status().message());
  EXPECT_EQ(tensor->shape, (std::vector<int64_t>{2, 2}));
  EXPECT_EQ(valuesOf<float>(*tensor), (std::vector<float>{1, 2, 3, 4}));
  EXPECT_EQ(valuesOf<int64_t>(*reader->read("a/b")),
            (std::vector<int64_t>{7, 7, 7}));
  EXPECT_EQ(valuesOf<int8_t>(*reader->read("a")),
            (std::vector<int8_t>{1, 0, 1}));
  EXPECT_EQ(valuesOf<double>(*reader->read("s")), std::vector<double>{0.5});
  EXPECT_TRUE(reader->read("s")->shape.empty());
}

TEST_F(CheckpointFileTest, LargeSplat) {
  constexpr int64_t count = 3 * (int64_t(1) << 16) + 5;
  Builder builder(&context);
  auto splat = DenseElementsAttr::get(
      RankedTensorType::get({count}, builder.getI64Type()), int64_t(7));
  auto reader = roundTrip({{"a", splat}});
  ASSERT_TRUE(reader);
  EXPECT_EQ(valuesOf<int64_t>(*reader->read("a")),
            std::vector<int64_t>(count, 7));
}

TEST_F(CheckpointFileTest, Strings) {
  auto type = RankedTensorType::get({3}, tfg::StringType::get(&context));
  std::string large(300, 'x');
  SmallVector<StringRef> texts{"a", "", large};
  auto reader = roundTrip(
      {{"words",
        cast<ElementsAttr>(DenseStringElementsAttr::get(type, texts))}});
  ASSERT_TRUE(reader);
  auto tensor = reader->read("words");
  ASSERT_TRUE(tensor.ok()) << std::string(tensor.status().message());
  EXPECT_EQ(tensor->strings, (std::vector<std::string>{"a", "", large}));
}

// Keys share prefixes, restarts come every 16, and the table has several
// blocks.
TEST_F(CheckpointFileTest, ManyKeys) {
  Builder builder(&context);
  std::vector<CheckpointValue> values;
  for (int i = 0; i < 20000; ++i)
    values.push_back(
        {absl::StrCat("layer_with_a_rather_long_name/", i, "/kernel"),
         DenseElementsAttr::get(RankedTensorType::get({}, builder.getI32Type()),
                                i)});
  auto reader = roundTrip(values);
  ASSERT_TRUE(reader);
  for (int i = 0; i < 20000; i += 97) {
    auto tensor = reader->read(values[i].key);
    ASSERT_TRUE(tensor.ok()) << std::string(tensor.status().message());
    EXPECT_EQ(valuesOf<int32_t>(*tensor), std::vector<int32_t>{i});
  }
}

TEST_F(CheckpointFileTest, AFolderThatIsNotThere) {
  absl::Status status = writeCheckpoint(folder + "/none/variables", {});
  EXPECT_FALSE(status.ok());
  EXPECT_NE(std::string(status.message()).find("none/variables"),
            std::string::npos);
}

} // namespace
} // namespace firn
