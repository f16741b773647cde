//===- Identities.cpp - what a value is before it was handed on -----------===//

#include "ir/Identities.h"
#include "ir/TFGOps.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace firn::tfg {

mlir::Value skipIdentities(mlir::Value value) {
  llvm::SmallPtrSet<mlir::Operation *, 4> seen;
  while (auto identity = value.getDefiningOp<IdentityOp>()) {
    if (!seen.insert(identity).second)
      break;
    value = identity.getInput();
  }
  return value;
}

bool marksBranch(mlir::Operation *op) {
  mlir::Value input = op->getOperand(0);
  if (!llvm::any_of(op->getUsers(), llvm::IsaPred<ControlOp>))
    return false;
  auto source = llvm::dyn_cast_or_null<NodeOpInterface>(input.getDefiningOp());
  if (!source)
    return true;
  llvm::StringRef name = source.getTFOpName();
  return name == "Switch" || name == "RefSwitch" || name == "_SwitchN";
}

} // namespace firn::tfg
