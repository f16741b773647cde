// Names of tensors, what a plain graph wants, and selecting a part of it.
#include "api/Selection.h"

#include <gtest/gtest.h>

#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"

namespace firn {
namespace {

constexpr const char *kGraph = R"(
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<?x2xf32> name("in/x")
  %y = tfg.Placeholder() : () -> tensor<?x2xf32> name("in/y")
  %s = tfg.Identity(%x) : (tensor<?x2xf32>) -> tensor<?x2xf32> name("middle")
  %t:2 = tfg.node "Two"(%s, %y) : (tensor<?x2xf32>, tensor<?x2xf32>) -> (tensor<?x2xf32>, tensor<*xf32>) name("two")
  %u = tfg.Identity(%t#1) : (tensor<*xf32>) -> tensor<*xf32> name("out")
}
)";

class SelectionTest : public testing::Test {
protected:
  void SetUp() override {
    context.loadDialect<tfg::TFGDialect>();
    module = mlir::parseSourceString<mlir::ModuleOp>(kGraph, &context);
    ASSERT_TRUE(module);
  }
  GraphIndex index() { return GraphIndex(findGraph(*module)); }
  tfg::FetchOp fetch() { return findGraph(*module).getFetch(); }

  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

TEST_F(SelectionTest, TensorsAreFoundByNodeAndPort) {
  GraphIndex index = this->index();
  absl::StatusOr<mlir::Value> second = index.tensor("two:1");
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(index.nameOf(*second), "two:1");
  EXPECT_EQ(*index.tensor("in/x"), *index.tensor("in/x:0"));
  EXPECT_EQ(index.tensor("midle").status().message(),
            "the graph has no node 'midle'. Did you mean 'middle'?");
  EXPECT_EQ(index.tensor("two:2").status().message(),
            "node 'two' (op Two) has 2 outputs; there is no 'two:2'");
}

TEST_F(SelectionTest, PlaceholdersAndSinksAreInputsAndOutputs) {
  std::vector<TensorInfo> inputs = index().placeholders();
  ASSERT_EQ(inputs.size(), 2u);
  EXPECT_EQ(inputs[0].tensor, "in/x:0");
  EXPECT_EQ(inputs[0].dtype, DType::Float);
  EXPECT_EQ(inputs[0].shape, (Shape{kDynamicDim, 2}));
  std::vector<TensorInfo> outputs = index().sinks();
  ASSERT_EQ(outputs.size(), 1u);
  EXPECT_EQ(outputs[0].tensor, "out:0");
  EXPECT_FALSE(outputs[0].hasRank);
}

// Feeding takes any tensor, and what computed it is not needed any more.
TEST_F(SelectionTest, FedTensorsBecomePlaceholders) {
  Selection selection;
  selection.feeds = {{"a", "middle:0", Shape{3, 2}},
                     {"b", "in/y", Shape{3, 2}}};
  selection.fetches = {{"r", "two:0"}, {"m", "middle"}};
  ASSERT_TRUE(applySelection(*module, selection).ok());
  mlir::Value middle = fetch().getArgs()[1];
  auto placeholder = middle.getDefiningOp<tfg::PlaceholderOp>();
  ASSERT_TRUE(placeholder);
  EXPECT_EQ(
      placeholder->getAttrOfType<mlir::IntegerAttr>("tfg.feed_index").getInt(),
      0);
  EXPECT_EQ(tensorInfoOf(middle, "", "").shape, (Shape{3, 2}));
  EXPECT_TRUE(mlir::verify(*module).succeeded());
}

TEST_F(SelectionTest, MissingFeedsAreListed) {
  Selection selection;
  selection.feeds = {{"in/x:0", "in/x:0", Shape{1, 2}}};
  selection.fetches = {{"out:0", "out:0"}};
  EXPECT_EQ(applySelection(*module, selection).message(),
            "what is asked for needs inputs that are not fed: in/y:0 (float "
            "[?,2])");
}

TEST_F(SelectionTest, ShapesOfPlaceholdersAreChecked) {
  Selection selection;
  selection.feeds = {{"x", "in/x:0", Shape{1, 3}}};
  selection.fetches = {{"m", "middle"}};
  EXPECT_EQ(applySelection(*module, selection).message(),
            "input 'x' takes shape [?,2], but was given [1,3]");
}

TEST_F(SelectionTest, ATensorIsFedOnce) {
  Selection selection;
  selection.feeds = {{"x", "in/x:0", std::nullopt},
                     {"again", "in/x", std::nullopt}};
  selection.fetches = {{"m", "middle"}};
  EXPECT_EQ(applySelection(*module, selection).message(),
            "tensor 'in/x' is fed twice");
}

} // namespace
} // namespace firn
