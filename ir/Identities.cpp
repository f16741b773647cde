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

} // namespace firn::tfg
