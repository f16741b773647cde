//===- HoistFakeQuants.cpp - FakeQuant where the numbers are computed -----===//
//
// Moves one node at a time, until the one in front is none to be passed. The
// names of what others read stay: the moved-over node takes the FakeQuant's.
//
//===----------------------------------------------------------------------===//

#include "passes/ConstantValues.h"
#include "passes/GraphTraversal.h"
#include "passes/NodeBuilder.h"
#include "passes/NodeNames.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_HOISTFAKEQUANTSPASS
#include "passes/Passes.h.inc"

namespace {

struct HoistFakeQuantsPass
    : impl::HoistFakeQuantsPassBase<HoistFakeQuantsPass> {
  void runOnOperation() override;
};

bool hasConstantRange(Operation *op) {
  return getTFOpName(op) == "FakeQuantWithMinMaxVars" &&
         getControlOperands(op).empty() &&
         getConstantValue(op->getOperand(1)) &&
         getConstantValue(op->getOperand(2));
}

/// Whether rounding in front of the node is rounding behind it, and nobody else
/// would see that.
bool canPass(Operation *op) {
  static constexpr StringLiteral movers[] = {
      "ExpandDims", "Identity", "MaxPool", "Reshape", "Squeeze", "Transpose"};
  return op && llvm::is_contained(movers, getTFOpName(op)) &&
         op->getResult(0).hasOneUse() &&
         isa<TensorType>(op->getOperand(0).getType());
}

void hoist(Operation *fakeQuant, NodeNames &names) {
  Location resultLoc = fakeQuant->getLoc();
  Operation *first = fakeQuant->getOperand(0).getDefiningOp();
  Operation *last = first;
  while (canPass(last->getOperand(0).getDefiningOp()))
    last = last->getOperand(0).getDefiningOp();

  Value source = last->getOperand(0);
  fakeQuant->getResult(0).replaceAllUsesWith(first->getResult(0));
  fakeQuant->setOperand(0, source);
  fakeQuant->getResult(0).setType(cast<TensorType>(source.getType()));
  fakeQuant->setLoc(names.makeLoc((getNodeName(resultLoc) + "_hoisted").str()));
  fakeQuant->moveBefore(last);
  last->setOperand(0, fakeQuant->getResult(0));
  first->setLoc(resultLoc);
}

} // namespace

void HoistFakeQuantsPass::runOnOperation() {
  forEachBody(getOperation(), [&](Block &body) {
    SmallVector<Operation *> candidates;
    for (Operation &op : body)
      if (hasConstantRange(&op) && canPass(op.getOperand(0).getDefiningOp()))
        candidates.push_back(&op);
    if (candidates.empty())
      return;
    NodeNames names(body);
    for (Operation *op : candidates) {
      hoist(op, names);
      ++numHoisted;
    }
  });
}

} // namespace firn::tfg
