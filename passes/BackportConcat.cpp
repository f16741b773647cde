//===- BackportConcat.cpp - say ConcatV2 as the older Concat --------------===//
//
// Concat is ConcatV2 with the axis as first input. The axis is an i32 there.
//
//===----------------------------------------------------------------------===//

#include "passes/NodeBuilder.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_BACKPORTCONCATPASS
#include "passes/Passes.h.inc"

namespace {

struct BackportConcatPass : impl::BackportConcatPassBase<BackportConcatPass> {
  void runOnOperation() override {
    SmallVector<Operation *> concats;
    getOperation().walk([&](NodeOpInterface node) {
      // An axis of i64 has no older form.
      if (node.getTFOpName() == "ConcatV2" &&
          node.getDataOperands().size() >= 2 &&
          getElementType(node.getDataOperands().back()).isInteger(32))
        concats.push_back(node);
    });
    for (Operation *op : concats)
      rewrite(op);
    numConcats += concats.size();
  }

private:
  void rewrite(Operation *op) {
    SmallVector<Value> operands(getDataOperands(op));
    std::rotate(operands.begin(), std::prev(operands.end()), operands.end());
    llvm::append_range(operands, getControlOperands(op));
    SmallVector<NamedAttribute> attrs;
    for (NamedAttribute attr : op->getAttrs())
      if (attr.getName() != "Tidx" && attr.getName() != "op")
        attrs.push_back(attr);
    replaceNode(op, "Concat", operands, op->getResultTypes(), attrs);
  }
};

} // namespace

} // namespace firn::tfg
