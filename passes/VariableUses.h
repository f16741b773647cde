//===- VariableUses.h - where the handle of a variable goes ---------------===//
//
// What an op does with a handle or reference that it is given, and, from that,
// what is done with a variable anywhere: through identities, TF1 control flow,
// and the arguments of functions.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_VARIABLEUSES_H
#define FIRN_PASSES_VARIABLEUSES_H

#include "ir/TFGOps.h"

namespace firn::tfg {

enum class HandleUse {
  Read,     // the value, or something about it
  Forward,  // some results are the same handle
  Argument, // passed on to functions
  Control,  // only the order
  Other,    // written to, or not known
};

/// The op that makes a handle (VarHandleOp) or a reference (VariableV2).
bool isVariable(mlir::Operation *op);
/// Whether a value is a handle or a reference.
bool isHandle(mlir::Value value);

/// Whether a value is a reference: an op may take the variable's value from it.
bool isReference(mlir::Value value);

HandleUse classifyHandleUse(mlir::OpOperand &use);

/// The results that are the handle of a use of kind Forward.
llvm::SmallVector<mlir::Value> getForwarded(mlir::OpOperand &use);

/// The arguments that a use of kind Argument becomes in the functions that the
/// node runs. Functions that are missing have none.
llvm::SmallVector<mlir::BlockArgument>
getCalleeArguments(mlir::OpOperand &use, const mlir::SymbolTable &symbols);

/// A use of a variable that is neither a read nor leads to reads only; null if
/// there is none.
mlir::OpOperand *findOtherUse(mlir::Operation *variable,
                              const mlir::SymbolTable &symbols);

} // namespace firn::tfg

#endif // FIRN_PASSES_VARIABLEUSES_H
