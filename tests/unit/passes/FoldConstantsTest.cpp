// What the constant-folding pass asks its evaluator for, and what it does with
// the answers. The evaluator here answers with nines.

#include "gtest/gtest.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "passes/Passes.h"

#include <string>

using namespace mlir;
using namespace firn;

namespace {

class FoldConstants : public ::testing::Test {
protected:
  FoldConstants() { context.loadDialect<tfg::TFGDialect>(); }

  /// The module after the pass, as text.
  std::string run(StringRef text) {
    OwningOpRef<ModuleOp> module =
        parseSourceString<ModuleOp>(text, ParserConfig(&context));
    EXPECT_TRUE(module);
    PassManager manager(&context);
    manager.addPass(tfg::createFoldConstantsPass(
        [this](ModuleOp part, SmallVectorImpl<ElementsAttr> &values) {
          return evaluate(part, values);
        }));
    EXPECT_TRUE(succeeded(manager.run(*module)));
    std::string result;
    llvm::raw_string_ostream(result) << *module;
    return result;
  }

  LogicalResult evaluate(ModuleOp part, SmallVectorImpl<ElementsAttr> &values) {
    ++calls;
    auto graph = *part.getOps<tfg::GraphOp>().begin();
    numNodes =
        llvm::range_size(graph.getBodyBlock()->getOps<tfg::NodeOpInterface>());
    for (Value value : graph.getFetch().getArgs())
      values.push_back(DenseElementsAttr::get(
          cast<RankedTensorType>(value.getType()), 9.0f));
    for (auto node : graph.getBodyBlock()->getOps<tfg::NodeOpInterface>())
      if (!failsOn.empty() && node.getNodeName() == failsOn)
        return failure();
    return success(!fails);
  }

  MLIRContext context;
  int calls = 0;
  int64_t numNodes = 0;
  bool fails = false;
  std::string failsOn; // the name of a node
};

constexpr const char *kChain = R"mlir(
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<2xf32> name("x")
  %a = tfg.Const() {value = dense<1.0> : tensor<2xf32>} : () -> tensor<2xf32> name("a")
  %b = tfg.Identity(%a) : (tensor<2xf32>) -> tensor<2xf32> name("b")
  %c = tfg.Identity(%b) : (tensor<2xf32>) -> tensor<2xf32> name("c")
  %y = tfg.node "Add"(%x, %c) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32> name("y")
  tfg.fetch %y ["y"] : tensor<2xf32>
}
)mlir";

TEST_F(FoldConstants, ReplacesTheLastValueOfAChain) {
  std::string text = run(kChain);
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(numNodes, 3);
  EXPECT_NE(text.find("dense<9.000000e+00>"), std::string::npos) << text;
  EXPECT_NE(text.find("name(\"c\")"), std::string::npos) << text;
  EXPECT_EQ(text.find("tfg.Identity"), std::string::npos) << text;
}

// A value that cannot be computed keeps no other from being.
TEST_F(FoldConstants, FoldsTheValuesThatTheEvaluatorCanCompute) {
  failsOn = "bad";
  std::string text = run(R"mlir(
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<2xf32> name("x")
  %a = tfg.Const() {value = dense<1.0> : tensor<2xf32>} : () -> tensor<2xf32> name("a")
  %good = tfg.Identity(%a) : (tensor<2xf32>) -> tensor<2xf32> name("good")
  %bad = tfg.Neg(%good) : (tensor<2xf32>) -> tensor<2xf32> name("bad")
  %y = tfg.node "Add3"(%x, %good, %bad) : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32> name("y")
  tfg.fetch %y ["y"] : tensor<2xf32>
}
)mlir");
  EXPECT_EQ(calls, 3);
  EXPECT_EQ(text.find("tfg.Identity"), std::string::npos) << text;
  EXPECT_NE(text.find("tfg.Neg"), std::string::npos) << text;
}

TEST_F(FoldConstants, LeavesTheGraphIfTheEvaluatorFails) {
  fails = true;
  std::string text = run(kChain);
  EXPECT_EQ(text.find("dense<9.000000e+00>"), std::string::npos);
  EXPECT_NE(text.find("tfg.Identity"), std::string::npos);
}

TEST_F(FoldConstants, DoesNotAskForWhatDependsOnInputs) {
  run(R"mlir(
tfg.graph {
  %x = tfg.Placeholder() : () -> tensor<2xf32> name("x")
  %y = tfg.Identity(%x) : (tensor<2xf32>) -> tensor<2xf32> name("y")
  tfg.fetch %y ["y"] : tensor<2xf32>
}
)mlir");
  EXPECT_EQ(calls, 0);
}

TEST_F(FoldConstants, DoesNotMakeConstantsBeyondTheLimit) {
  run(R"mlir(
tfg.graph {
  %a = tfg.Const() {value = dense<1.0> : tensor<3000000xf32>} : () -> tensor<3000000xf32> name("a")
  %b = tfg.Identity(%a) : (tensor<3000000xf32>) -> tensor<3000000xf32> name("b")
  tfg.fetch %b ["b"] : tensor<3000000xf32>
}
)mlir");
  EXPECT_EQ(calls, 0);
}

} // namespace
