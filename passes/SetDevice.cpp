//===- SetDevice.cpp - place nodes on a device ----------------------------===//
//
// The opposite of tfg-clear-devices.
//
//===----------------------------------------------------------------------===//

#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_SETDEVICEPASS
#include "passes/Passes.h.inc"

namespace {

struct SetDevicePass : impl::SetDevicePassBase<SetDevicePass> {
  using SetDevicePassBase::SetDevicePassBase;

  void runOnOperation() override {
    auto attr = StringAttr::get(&getContext(), device);
    getOperation().walk([&](NodeOpInterface node) {
      if (node.getDevice() == device ||
          (ifDefault && !node.getDevice().empty()))
        return;
      ++numPlaced;
      if (device.empty())
        node->removeAttr(TFGDialect::kDeviceAttr);
      else
        node->setAttr(TFGDialect::kDeviceAttr, attr);
    });
  }
};

} // namespace

} // namespace firn::tfg
