//===- VariableUpdates.h - what the ops that write variables compute ------===//
//
// Assign, AssignAddVariableOp, ScatterSub, ResourceScatterNdUpdate and so on,
// said as a function of the value that the variable had.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_VARIABLEUPDATES_H
#define FIRN_PASSES_VARIABLEUPDATES_H

#include "ir/TFGOps.h"

#include <string>

namespace firn::tfg {

/// A node that computes the new value.
struct UpdatedValue {
  std::string op;
  llvm::SmallVector<mlir::Value> operands;
  llvm::SmallVector<mlir::NamedAttribute> attrs;
};

/// Whether `op` writes the variable that its first operand stands for, in a way
/// that is known.
bool isVariableUpdate(mlir::Operation *op);

/// The value of the variable after `update`, from the one before, which has the
/// variable's type.
UpdatedValue getUpdatedValue(mlir::Operation *update, mlir::Value before);

} // namespace firn::tfg

#endif // FIRN_PASSES_VARIABLEUPDATES_H
