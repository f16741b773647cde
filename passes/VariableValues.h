//===- VariableValues.h - what the checkpoint holds for a variable --------===//

#ifndef FIRN_PASSES_VARIABLEVALUES_H
#define FIRN_PASSES_VARIABLEVALUES_H

#include "ir/TFGOps.h"
#include "llvm/ADT/StringMap.h"

namespace firn::tfg {

/// The tfg.variables of a module by the nodes that make handles of them.
class VariableValues {
public:
  VariableValues(mlir::ModuleOp module, mlir::SymbolTable &symbols);

  /// By the node's name; by its shared name, for a handle made in a function.
  /// Null if the variable has no value.
  VariableOp find(mlir::Operation *node) const;
  /// What the variable is called: as its tfg.variable, else by its shared name,
  /// else as its node.
  llvm::StringRef getName(mlir::Operation *node) const;

private:
  mlir::SymbolTable &symbols;
  llvm::StringMap<mlir::StringAttr> nodeOfSharedName;
};

} // namespace firn::tfg

#endif // FIRN_PASSES_VARIABLEVALUES_H
