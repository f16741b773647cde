//===- DropControlEdges.cpp - pure nodes wait for nobody ------------------===//
//
// What only computes a value may do so at any time. Without its control inputs
// a Const is a constant to folding, and CSE and fusion see plain data flow.
//
//===----------------------------------------------------------------------===//

#include "passes/NodeBuilder.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_DROPCONTROLEDGESPASS
#include "passes/Passes.h.inc"

namespace {

struct DropControlEdgesPass
    : impl::DropControlEdgesPassBase<DropControlEdgesPass> {
  using DropControlEdgesPassBase::DropControlEdgesPassBase;
  void runOnOperation() override;

private:
  void runOnBody(Block &body);
};

bool startsFrame(Operation &op) {
  StringRef name = getTFOpName(&op);
  return name == "Switch" || name == "RefSwitch" || name == "Enter" ||
         name == "RefEnter" || name == "_SwitchN";
}

/// What comes after a Switch or an Enter of TF1: it may be dead, or run once an
/// iteration, and a control edge from it says that its target is, too.
llvm::DenseSet<Operation *> findConditional(Block &body) {
  llvm::DenseSet<Operation *> conditional;
  SmallVector<Operation *> worklist;
  auto visit = [&](Operation *op) {
    if (conditional.insert(op).second)
      worklist.push_back(op);
  };
  for (Operation &op : body)
    if (startsFrame(op))
      visit(&op);
  while (!worklist.empty())
    llvm::for_each(worklist.pop_back_val()->getUsers(), visit);
  return conditional;
}

} // namespace

void DropControlEdgesPass::runOnBody(Block &body) {
  llvm::DenseSet<Operation *> conditional = findConditional(body);
  SmallVector<NodeOp> generic;
  for (Operation &op : body) {
    auto node = dyn_cast<NodeOpInterface>(op);
    if (!node || node.getControlOperands().empty() ||
        (!all && !isPureNode(&op)))
      continue;
    if (!all && llvm::any_of(node.getControlOperands(), [&](Value control) {
          return conditional.contains(control.getDefiningOp());
        }))
      continue;
    numEdges += node.getControlOperands().size();
    SmallVector<Value> data(node.getDataOperands());
    op.setOperands(data);
    if (auto genericNode = dyn_cast<NodeOp>(op))
      generic.push_back(genericNode);
  }
  for (NodeOp node : generic)
    registerNode(node);
}

void DropControlEdgesPass::runOnOperation() {
  for (auto graph : getOperation().getOps<GraphOp>())
    runOnBody(*graph.getBodyBlock());
  for (auto func : getOperation().getOps<FuncOp>())
    runOnBody(*func.getBodyBlock());
}

} // namespace firn::tfg
