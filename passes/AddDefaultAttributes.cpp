//===- AddDefaultAttributes.cpp - write out what is left to defaults ------===//
//
// What a node leaves out its op's definition says, which readers may not have.
//
//===----------------------------------------------------------------------===//

#include "passes/Passes.h"

using namespace mlir;

namespace firn::tfg {

#define GEN_PASS_DEF_ADDDEFAULTATTRIBUTESPASS
#include "passes/Passes.h.inc"

namespace {

struct AddDefaultAttributesPass
    : impl::AddDefaultAttributesPassBase<AddDefaultAttributesPass> {
  using AddDefaultAttributesPassBase::AddDefaultAttributesPassBase;
  explicit AddDefaultAttributesPass(OpDefinitions definitions)
      : definitions(std::move(definitions)) {}

  void runOnOperation() override {
    if (!definitions.defaults)
      return;
    getOperation().walk([&](NodeOpInterface node) {
      for (NamedAttribute attr : definitions.defaults(node)) {
        node->setAttr(attr.getName(), attr.getValue());
        ++numAttributes;
      }
    });
  }

private:
  OpDefinitions definitions;
};

} // namespace

std::unique_ptr<Pass>
createAddDefaultAttributesPass(OpDefinitions definitions) {
  return std::make_unique<AddDefaultAttributesPass>(std::move(definitions));
}

} // namespace firn::tfg
