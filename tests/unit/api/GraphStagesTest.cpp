// Where a graph is cut, and what the edges between the parts become.
#include "api/GraphStages.h"

#include "gtest/gtest.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"

#include <string>

using namespace mlir;
using namespace firn;

namespace {

class GraphStagesTest : public ::testing::Test {
protected:
  GraphStagesTest() { context.loadDialect<tfg::TFGDialect>(); }

  void trySplit(const std::string &nodes) {
    module = parseSourceString<ModuleOp>("tfg.graph {\n" + nodes + "\n}",
                                         ParserConfig(&context));
    ASSERT_TRUE(module);
    stages = splitAtUnknownShapes(*module);
  }
  void split(const std::string &nodes) {
    trySplit(nodes);
    ASSERT_TRUE(stages);
  }
  /// The node's text in a stage; empty if it is not there.
  static std::string find(ModuleOp stage, StringRef name) {
    std::string text;
    stage.walk([&](tfg::NodeOpInterface node) {
      if (node.getNodeName() == name)
        llvm::raw_string_ostream(text) << *node;
    });
    return text;
  }
  std::string first(StringRef name) { return find(*stages->first, name); }
  std::string second(StringRef name) { return find(*stages->second, name); }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
  std::optional<GraphStages> stages;
};

const char *kInputs =
    "%n = tfg.Placeholder() {tfg.feed_index = 0 : i64, tfg.feed_name = \"n\"} "
    ": () -> tensor<i32> name(\"n\")\n"
    "%zero = tfg.Const() {value = dense<0> : tensor<i32>} : () -> tensor<i32> "
    "name(\"zero\")\n"
    "%one = tfg.Const() {value = dense<1> : tensor<i32>} : () -> tensor<i32> "
    "name(\"one\")\n"
    "%two = tfg.AddV2(%n, %one) : (tensor<i32>, tensor<i32>) -> tensor<i32> "
    "name(\"two\")\n"
    "%shape = tfg.Const() {value = dense<3> : tensor<1xi32>} : () -> "
    "tensor<1xi32> name(\"shape\")\n";

// The value that decides a shape is computed first and handed over by value.
TEST_F(GraphStagesTest, HandsOverWhatDecides) {
  split(std::string(kInputs) + R"(
    %r = tfg.Range(%zero, %two, %one) : (tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<?xi32> name("r")
    tfg.fetch %r ["r"] : tensor<?xi32>)");
  EXPECT_NE(first("two"), "");
  EXPECT_EQ(first("r"), "");
  EXPECT_NE(second("r"), "");
  // The input of the whole graph is one of the second stage, too.
  ASSERT_EQ(stages->inputs.size(), 2u);
  EXPECT_TRUE(stages->inputs[0].fromFirst);
  EXPECT_TRUE(stages->inputs[0].byValue);
}

// Where a constant decides and the shape is unknown all the same, a second
// stage would be cut at the same place again.
TEST_F(GraphStagesTest, IsNotCutForWhatIsKnown) {
  trySplit(std::string(kInputs) + R"(
    %r = tfg.Range(%zero, %one, %one) : (tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<?xi32> name("r")
    %y = tfg.Neg(%r) : (tensor<?xi32>) -> tensor<?xi32> name("y")
    %z = tfg.AddV2(%y, %two) : (tensor<?xi32>, tensor<i32>) -> tensor<?xi32> name("z")
    tfg.fetch %z ["z"] : tensor<?xi32>)");
  EXPECT_FALSE(stages.has_value());
}

// All that needs an input of any size is late; it is known by its shape.
TEST_F(GraphStagesTest, AwaitsInputsOfAnySize) {
  split(std::string(kInputs) + R"(
    %x = tfg.Placeholder() {tfg.feed_index = 1 : i64, tfg.feed_name = "x"} : () -> tensor<?xf32> name("x")
    %y = tfg.Neg(%x) : (tensor<?xf32>) -> tensor<?xf32> name("y")
    tfg.fetch %y ["y"] : tensor<?xf32>)");
  EXPECT_EQ(first("y"), "");
  EXPECT_NE(second("y"), "");
  ASSERT_EQ(stages->inputs.size(), 2u);
  EXPECT_FALSE(stages->inputs[1].fromFirst);
  EXPECT_FALSE(stages->inputs[1].byValue);
}

// A list exists within a run of code, so it is not handed over.
TEST_F(GraphStagesTest, HandsOverNoList) {
  split(std::string(kInputs) + R"(
    %x = tfg.Placeholder() {tfg.feed_index = 1 : i64, tfg.feed_name = "x"} : () -> tensor<?xf32> name("x")
    %l = tfg.TensorListReserve(%shape, %two) {element_dtype = f32} : (tensor<1xi32>, tensor<i32>) -> tensor<!tfg.variant> name("l")
    %s = tfg.TensorListSetItem(%l, %zero, %x) : (tensor<!tfg.variant>, tensor<i32>, tensor<?xf32>) -> tensor<!tfg.variant> name("s")
    %count = tfg.TensorListLength(%s) : (tensor<!tfg.variant>) -> tensor<i32> name("count")
    tfg.fetch %count ["n"] : tensor<i32>)");
  EXPECT_EQ(first("l"), "");
  EXPECT_NE(second("l"), "");
}

// A node of static shape that waits for a late one is late.
TEST_F(GraphStagesTest, WaitsForTheLate) {
  split(std::string(kInputs) + R"(
    %r = tfg.Range(%zero, %two, %one) : (tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<?xi32> name("r")
    %c = tfg.control %r : tensor<?xi32>
    %x = tfg.RandomUniform(%shape) [%c] : (tensor<1xi32>) -> tensor<3xf32> name("x")
    tfg.fetch %r, %x ["r", "x"] : tensor<?xi32>, tensor<3xf32>)");
  EXPECT_EQ(first("x"), "");
  EXPECT_NE(second("x").find("["), std::string::npos) << second("x");
}

// What a late node waits for runs in the first stage although nothing needs its
// value there; the edge is gone.
TEST_F(GraphStagesTest, RunsWhatTheLateWaitFor) {
  split(std::string(kInputs) + R"(
    %e = tfg.RandomUniform(%shape) : (tensor<1xi32>) -> tensor<3xf32> name("e")
    %c = tfg.control %e : tensor<3xf32>
    %g = tfg.NoOp() [%c] : () -> !tfg.control name("g")
    %r = tfg.Range(%zero, %two, %one) : (tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<?xi32> name("r")
    %x = tfg.RandomUniform(%r) [%g] : (tensor<?xi32>) -> tensor<*xf32> name("x")
    tfg.fetch %x ["x"] : tensor<*xf32>)");
  EXPECT_NE(first("e"), "");
  EXPECT_EQ(second("e").find("RandomUniform"), std::string::npos);
  EXPECT_EQ(second("g"), "");
  EXPECT_NE(second("x"), "");
  EXPECT_EQ(second("x").find(" ["), std::string::npos) << second("x");
}

} // namespace
