//===- ReplaceUpdates.cpp - writes to what is a value are values ----------===//
//
// A tool that froze a graph may have left ops behind that write to what is a
// constant now. Each is its own function of that constant: an op that takes the
// reference it returns takes the value.
//
//===----------------------------------------------------------------------===//

#include "passes/NodeBuilder.h"
#include "passes/Passes.h"
#include "passes/VariableUpdates.h"
#include "passes/VariableUses.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_REPLACEUPDATESPASS
#include "passes/Passes.h.inc"

namespace {

/// An op that writes by reference, but to no reference.
bool writesValue(Operation *op) {
  return isVariableUpdate(op) && op->getNumResults() == 1 &&
         isHandle(op->getResult(0)) && !isHandle(op->getOperand(0));
}

struct ReplaceUpdatesPass : impl::ReplaceUpdatesPassBase<ReplaceUpdatesPass> {
  void runOnOperation() override {
    SmallVector<Operation *> worklist;
    getOperation().walk([&](NodeOpInterface node) {
      if (writesValue(node))
        worklist.push_back(node);
    });
    while (!worklist.empty()) {
      Operation *now = replace(worklist.pop_back_val());
      for (Operation *user : now->getUsers())
        if (user->getOperand(0) == now->getResult(0) && writesValue(user))
          worklist.push_back(user);
      ++numUpdates;
    }
  }

private:
  Operation *replace(Operation *op) {
    Value before = op->getOperand(0);
    UpdatedValue updated = getUpdatedValue(op, before);
    llvm::append_range(updated.operands, getControlOperands(op));
    Type type =
        makeTensorType(shapeOf(op->getResult(0)), getElementType(before));
    return replaceNode(op, updated.op, updated.operands, type, updated.attrs);
  }
};

} // namespace

} // namespace firn::tfg
