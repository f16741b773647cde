//===- SpliceNodes.cpp - take nodes of some ops out of the way ------------===//
//
// What TensorFlow's remove_nodes does: users of a node use its input instead.
//
//===----------------------------------------------------------------------===//

#include "passes/GraphTraversal.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_SPLICENODESPASS
#include "passes/Passes.h.inc"

namespace {

struct SpliceNodesPass : impl::SpliceNodesPassBase<SpliceNodesPass> {
  using SpliceNodesPassBase::SpliceNodesPassBase;

  void runOnOperation() override {
    forEachBody(getOperation(), [&](Block &body) {
      for (Operation &op : llvm::make_early_inc_range(body)) {
        auto node = dyn_cast<NodeOpInterface>(op);
        if (!node || !canSplice(node))
          continue;
        op.getResult(0).replaceAllUsesWith(op.getOperand(0));
        op.erase();
        ++numSpliced;
      }
    });
  }

private:
  bool canSplice(NodeOpInterface node) {
    size_t inputs = node.getDataOperands().size();
    if (!llvm::is_contained(ops, node.getTFOpName()) || inputs == 0 ||
        inputs > maxInputs || node->getNumResults() != 1 ||
        node.getOutputs().empty() || !node.getControlOperands().empty() ||
        node->hasAttr(TFGDialect::kFeedIndexAttr))
      return false;
    Value input = node->getOperand(0), output = node->getResult(0);
    if (input == output || getElementType(input) != getElementType(output))
      return false;
    // The name of an output is promised; a control edge needs a node.
    return llvm::none_of(node->getUsers(), [&](Operation *user) {
      return isa<FetchOp>(user) ||
             (isa<ControlOp>(user) && isa<BlockArgument>(input));
    });
  }
};

} // namespace

} // namespace firn::tfg
