//===- VerifyLowerable.cpp - is the graph in the form that is compiled? ---===//
//
// The state between passes and lowering. Which ops have a lowering the lowering
// itself knows and reports; this checks what holds for every op.
//
//===----------------------------------------------------------------------===//

#include "passes/CallGraph.h"
#include "passes/NodeBuilder.h"
#include "passes/Passes.h"
#include "passes/VariableUses.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_VERIFYLOWERABLEPASS
#include "passes/Passes.h.inc"

namespace {

struct VerifyLowerablePass
    : impl::VerifyLowerablePassBase<VerifyLowerablePass> {
  void runOnOperation() override;

private:
  LogicalResult verifyNode(NodeOpInterface node);
};

} // namespace

/// The Switch, Enter or other op with an effect that the control edges of
/// `node` come from, by way of nodes without one.
static Operation *findFrame(NodeOpInterface node) {
  llvm::SmallSetVector<Operation *, 8> above;
  for (Value control : node.getControlOperands())
    above.insert(control.getDefiningOp());
  for (size_t i = 0; i < above.size(); ++i) {
    if (isa<NodeOpInterface>(above[i]) && !isPureNode(above[i]) &&
        getTFOpName(above[i]) != "NoOp")
      return above[i];
    for (Value operand : above[i]->getOperands())
      if (Operation *op = operand.getDefiningOp())
        above.insert(op);
  }
  return node;
}

LogicalResult VerifyLowerablePass::verifyNode(NodeOpInterface node) {
  auto fail = [&]() {
    return node->emitError("node '")
           << node.getNodeName() << "' (" << node.getTFOpName() << ") ";
  };
  if (isVariable(node))
    return fail() << "is a variable; only frozen graphs are compiled";
  // A loop with both of them is a While by now.
  StringRef op = getTFOpName(node);
  if (op == "Enter" || op == "RefEnter")
    return fail() << "begins the loop '"
                  << node->getAttrOfType<StringAttr>("frame_name").getValue()
                  << "' of TensorFlow 1, which no Exit ends";
  if (op == "Exit" || op == "RefExit" || op == "NextIteration" ||
      op == "RefNextIteration" || op == "LoopCond")
    return fail() << "belongs to a loop of TensorFlow 1, which no Enter begins";
  // Those that are left come from a branch or a loop of TF1.
  if (!node.getControlOperands().empty() && isPureNode(node))
    return fail() << "has control inputs, which a pure node needs none of; "
                     "unsupported op: "
                  << getTFOpName(findFrame(node));
  if (getTFOpName(node) == "Placeholder" &&
      !node->hasAttr(TFGDialect::kFeedIndexAttr))
    return fail() << "is needed for the outputs, but is no input: feed it";
  return success();
}

void VerifyLowerablePass::runOnOperation() {
  constexpr unsigned maxErrors = 20;
  unsigned numErrors = 0;
  for (auto graph : getOperation().getOps<GraphOp>()) {
    if (!graph.getFetch()) {
      graph.emitError("no outputs are selected");
      return signalPassFailure();
    }
    numErrors += failed(verifyCallees(graph, /*refuseRecursion=*/true));
    for (auto node : graph.getBodyBlock()->getOps<NodeOpInterface>()) {
      // An op without a registered form has no types; the lowering names it.
      if (isa<NodeOp>(node.getOperation()) && !isVariable(node))
        continue;
      numErrors += failed(verifyNode(node));
      if (numErrors == maxErrors)
        break;
    }
  }
  if (numErrors)
    signalPassFailure();
}

} // namespace firn::tfg
