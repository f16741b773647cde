//===- RenameOp.cpp - change the op of nodes ------------------------------===//
//
// The types of a node's values imply attributes that the IR does not store (T,
// N, …); the definition of a new op that TensorFlow does not have is not there
// to imply them again.
//
//===----------------------------------------------------------------------===//

#include "passes/NodeBuilder.h"
#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_RENAMEOPPASS
#include "passes/Passes.h.inc"

namespace {

struct RenameOpPass : impl::RenameOpPassBase<RenameOpPass> {
  using RenameOpPassBase::RenameOpPassBase;
  RenameOpPass(OpDefinitions definitions, std::string oldOp, std::string newOp)
      : definitions(std::move(definitions)) {
    from = std::move(oldOp);
    to = std::move(newOp);
  }

  void runOnOperation() override {
    if (to.empty()) {
      getOperation().emitError("nodes of op '")
          << from << "' cannot become nodes of an op without a name";
      return signalPassFailure();
    }
    SmallVector<NodeOpInterface> nodes;
    getOperation().walk([&](NodeOpInterface node) {
      if (node.getTFOpName() == from && from != to)
        nodes.push_back(node);
    });
    for (NodeOpInterface node : nodes)
      rename(node);
    numRenamed += nodes.size();
  }

private:
  void rename(NodeOpInterface node) {
    SmallVector<NamedAttribute> attrs;
    for (NamedAttribute attr : node->getAttrs())
      if (!isa<NodeOp>(node) || attr.getName() != "op")
        attrs.push_back(attr);
    if (definitions.implied && !definitions.isBuiltin(to))
      for (NamedAttribute attr : definitions.implied(node))
        if (!node->hasAttr(attr.getName()))
          attrs.push_back(attr);
    replaceNode(node, to, node->getOperands(), node->getResultTypes(), attrs);
  }

  OpDefinitions definitions;
};

} // namespace

std::unique_ptr<Pass> createRenameOpPass(OpDefinitions definitions,
                                         std::string from, std::string to) {
  return std::make_unique<RenameOpPass>(std::move(definitions), std::move(from),
                                        std::move(to));
}

} // namespace firn::tfg
