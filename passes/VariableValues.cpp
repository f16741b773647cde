//===- VariableValues.cpp - what the checkpoint holds for a variable ------===//

#include "passes/VariableValues.h"
#include "passes/VariableUses.h"

using namespace mlir;

namespace firn::tfg {

VariableValues::VariableValues(ModuleOp module, SymbolTable &symbols)
    : symbols(symbols) {
  for (auto graph : module.getOps<GraphOp>())
    for (Operation &op : *graph.getBodyBlock()) {
      if (!isVariable(&op))
        continue;
      auto shared = op.getAttrOfType<StringAttr>("shared_name");
      if (shared && !shared.empty())
        nodeOfSharedName.try_emplace(
            shared.getValue(),
            StringAttr::get(module.getContext(), getNodeName(op.getLoc())));
    }
}

VariableOp VariableValues::find(Operation *node) const {
  if (isa<GraphOp>(node->getParentOp()))
    if (auto variable = symbols.lookup<VariableOp>(getNodeName(node->getLoc())))
      return variable;
  auto shared = node->getAttrOfType<StringAttr>("shared_name");
  if (!shared || shared.empty())
    return {};
  if (StringAttr name = nodeOfSharedName.lookup(shared.getValue()))
    if (auto variable = symbols.lookup<VariableOp>(name))
      return variable;
  return symbols.lookup<VariableOp>(shared);
}

StringRef VariableValues::getName(Operation *node) const {
  if (VariableOp value = find(node))
    return VariableOp(value).getSymName();
  auto shared = node->getAttrOfType<StringAttr>("shared_name");
  return shared && !shared.empty() ? shared.getValue()
                                   : getNodeName(node->getLoc());
}

} // namespace firn::tfg
