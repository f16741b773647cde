//===- DropTrainingOps.cpp - splice out what only training needs ----------===//
//
// Gradients stops, checks and prints that pass their input through, and plain
// identities. A node whose name is promised (it is fetched) stays.
//
//===----------------------------------------------------------------------===//

#include "ir/Identities.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/Passes.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_DROPTRAININGOPSPASS
#include "passes/Passes.h.inc"

namespace {

struct DropTrainingOpsPass
    : impl::DropTrainingOpsPassBase<DropTrainingOpsPass> {
  using DropTrainingOpsPassBase::DropTrainingOpsPassBase;
  void runOnOperation() override;

private:
  void runOnBody(Block &body);
  bool dropAssert(Operation *op, bool isConditional);
};

/// Gives its first input back as its only output.
bool passesThrough(Operation *op) {
  return llvm::StringSwitch<bool>(getTFOpName(op))
      .Cases({"Identity", "StopGradient", "PreventGradient", "CheckNumerics",
              "Snapshot", "Print", "PlaceholderWithDefault"},
             true)
      .Cases({"CheckNumericsV2", "DebugIdentity", "DebugGradientIdentity"},
             true)
      .Default(false);
}

/// Whether everything that uses the node may use its input.
bool canSplice(Operation *op) {
  if (op->getNumOperands() == 0 || op->getNumResults() != 1 ||
      op->hasAttr(TFGDialect::kFeedIndexAttr))
    return false;
  Value input = op->getOperand(0);
  auto node = cast<NodeOpInterface>(op);
  auto from = dyn_cast<TensorType>(input.getType());
  auto to = dyn_cast<TensorType>(op->getResult(0).getType());
  if (!from || !to || from.getElementType() != to.getElementType() ||
      !node.getControlOperands().empty() || input == op->getResult(0))
    return false;
  return llvm::none_of(op->getUsers(), llvm::IsaPred<FetchOp>) &&
         !marksBranch(op);
}

} // namespace

/// Replaces a PrintV2, or an Assert that only some branch runs, by what it
/// waits for.
bool DropTrainingOpsPass::dropAssert(Operation *op, bool isConditional) {
  StringRef name = getTFOpName(op);
  if (!dropAsserts ||
      !(name == "PrintV2" || (name == "Assert" && isConditional)))
    return false;
  OpBuilder builder(op);
  SmallVector<Value> controls(getControlOperands(op));
  replaceNode(op, "NoOp", controls, {});
  return true;
}

void DropTrainingOpsPass::runOnBody(Block &body) {
  llvm::DenseSet<Operation *> conditional;
  if (dropAsserts)
    conditional = findConditionalNodes(body);
  for (Operation &op : llvm::make_early_inc_range(body)) {
    if (!isa<NodeOpInterface>(op))
      continue;
    if (dropAssert(&op, conditional.contains(&op))) {
      ++numDropped;
      continue;
    }
    if (!passesThrough(&op) || !canSplice(&op))
      continue;
    op.replaceAllUsesWith(ValueRange(op.getOperand(0)));
    op.erase();
    ++numDropped;
  }
}

void DropTrainingOpsPass::runOnOperation() {
  for (auto graph : getOperation().getOps<GraphOp>())
    runOnBody(*graph.getBodyBlock());
  for (auto func : getOperation().getOps<FuncOp>())
    runOnBody(*func.getBodyBlock());
}

} // namespace firn::tfg
