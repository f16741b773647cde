// The rewriting half of tfg-freeze-variables: values in the place of handles.
#ifndef FIRN_PASSES_VARIABLEFREEZER_H
#define FIRN_PASSES_VARIABLEFREEZER_H

#include "ir/TFGOps.h"
#include "passes/NodeNames.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

#include <memory>

namespace firn::tfg {

/// Rewrites what is reached from frozen variables: freeze() each of them, then
/// run().
class VariableFreezer {
public:
  VariableFreezer(mlir::ModuleOp module, mlir::SymbolTable &symbols)
      : module(module), symbols(symbols) {}

  /// `variable` becomes a Const of `value`.
  void freeze(mlir::Operation *variable, mlir::TypedAttr value);
  mlir::LogicalResult run();

private:
  void push(mlir::Value value, mlir::Type type);
  mlir::LogicalResult rewriteUses(mlir::Value value);
  mlir::Operation *forward(mlir::OpOperand &use, mlir::Type type);
  mlir::LogicalResult checkMerges();
  void rewriteCall(CallLikeOpInterface call);
  FuncOp getInstance(FuncOp func, mlir::TypeRange argumentTypes);
  void updateResultTypes();
  void eraseUnusedOriginals();
  NodeNames &namesOf(mlir::Block *body);

  mlir::ModuleOp module;
  mlir::SymbolTable &symbols;
  llvm::SmallVector<mlir::Value> worklist;
  llvm::DenseSet<mlir::Value> frozen;
  llvm::SetVector<mlir::Operation *> pendingCalls, merges;
  llvm::MapVector<mlir::Operation *, llvm::SmallVector<FuncOp>>
      instances; // by original
  llvm::MapVector<mlir::Block *, std::unique_ptr<NodeNames>> names;
};

} // namespace firn::tfg

#endif // FIRN_PASSES_VARIABLEFREEZER_H
