//===- RemoveAttribute.cpp - remove an attribute from nodes ---------------===//
//
// Attributes that the IR does not store, because types imply them, cannot be
// removed; those that an op needs must not be.
//
//===----------------------------------------------------------------------===//

#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_REMOVEATTRIBUTEPASS
#include "passes/Passes.h.inc"

namespace {

struct RemoveAttributePass
    : impl::RemoveAttributePassBase<RemoveAttributePass> {
  using RemoveAttributePassBase::RemoveAttributePassBase;

  void runOnOperation() override {
    bool ok = true;
    getOperation().walk([&](NodeOpInterface node) {
      if ((!opName.empty() && opName != "*" && node.getTFOpName() != opName) ||
          !node->hasAttr(attributeName))
        return;
      Attribute value = node->getAttr(attributeName);
      node->removeAttr(attributeName);
      ++numRemoved;
      if (auto info = node->getRegisteredInfo()) {
        ScopedDiagnosticHandler ignore(&getContext(), [](Diagnostic &) {});
        if (succeeded(info->verifyInvariants(node)))
          return;
      } else {
        return;
      }
      node->setAttr(attributeName, value);
      node.emitError("node '")
          << node.getNodeName() << "' (" << node.getTFOpName()
          << ") needs its attribute '" << attributeName << "'";
      ok = false;
    });
    if (!ok)
      signalPassFailure();
  }
};

} // namespace

} // namespace firn::tfg
