//===- RenameAttribute.cpp - rename an attribute of nodes -----------------===//
//
// An op that had the attribute under its old name may be generic afterwards,
// and the other way round.
//
//===----------------------------------------------------------------------===//

#include "passes/NodeBuilder.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_RENAMEATTRIBUTEPASS
#include "passes/Passes.h.inc"

namespace {

struct RenameAttributePass
    : impl::RenameAttributePassBase<RenameAttributePass> {
  using RenameAttributePassBase::RenameAttributePassBase;

  void runOnOperation() override {
    if (to.empty()) {
      getOperation().emitError("the attribute '")
          << from << "' cannot have an empty name";
      return signalPassFailure();
    }
    SmallVector<NodeOpInterface> nodes;
    getOperation().walk([&](NodeOpInterface node) {
      bool isMeant =
          opName.empty() || opName == "*" || node.getTFOpName() == opName;
      if (isMeant && from != to && node->hasAttr(from))
        nodes.push_back(node);
    });
    for (NodeOpInterface node : nodes)
      rename(node);
    numRenamed += nodes.size();
  }

private:
  void rename(NodeOpInterface node) {
    SmallVector<NamedAttribute> attrs;
    for (NamedAttribute attr : node->getAttrs()) {
      if (isa<NodeOp>(node) && attr.getName() == "op")
        continue;
      if (attr.getName() == from)
        attr.setName(StringAttr::get(&getContext(), to));
      attrs.push_back(attr);
    }
    std::string op = node.getTFOpName().str();
    replaceNode(node, op, node->getOperands(), node->getResultTypes(), attrs);
  }
};

} // namespace

} // namespace firn::tfg
