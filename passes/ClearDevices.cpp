//===- ClearDevices.cpp - forget where nodes were placed ------------------===//
//
// Devices and colocation constraints say nothing about what a graph computes,
// and keep it from running elsewhere.
//
//===----------------------------------------------------------------------===//

#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_CLEARDEVICESPASS
#include "passes/Passes.h.inc"

namespace {

constexpr llvm::StringLiteral kClassAttr = "_class";

bool isColocation(Attribute attr) {
  auto text = dyn_cast<StringAttr>(attr);
  return text && text.getValue().starts_with("loc:@");
}

struct ClearDevicesPass : impl::ClearDevicesPassBase<ClearDevicesPass> {
  using ClearDevicesPassBase::ClearDevicesPassBase;
  void runOnOperation() override {
    getOperation().walk([&](NodeOpInterface node) {
      if (node->removeAttr(TFGDialect::kDeviceAttr))
        ++numDevices;
      if (!keepColocations)
        clearColocation(node);
    });
  }

private:
  void clearColocation(Operation *node) {
    auto classes = node->getAttrOfType<ArrayAttr>(kClassAttr);
    if (!classes)
      return;
    SmallVector<Attribute> kept(classes.getValue());
    llvm::erase_if(kept, isColocation);
    numColocations += classes.size() - kept.size();
    if (kept.empty())
      node->removeAttr(kClassAttr);
    else if (kept.size() != classes.size())
      node->setAttr(kClassAttr, ArrayAttr::get(&getContext(), kept));
  }
};

} // namespace
} // namespace firn::tfg
