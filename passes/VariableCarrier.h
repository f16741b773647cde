// The rewriting half of tfg-carry-variables: the values of variables along the
// order in which a body reads and writes them.
#ifndef FIRN_PASSES_VARIABLECARRIER_H
#define FIRN_PASSES_VARIABLECARRIER_H

#include "ir/TFGOps.h"
#include "passes/NodeNames.h"
#include "llvm/ADT/BitVector.h"

namespace firn::tfg {

/// The variables of one body while it is rewritten.
struct CarriedValues {
  /// Handles and references, by the number of their variable.
  llvm::DenseMap<mlir::Value, unsigned> handles;
  /// What each variable holds now.
  llvm::SmallVector<mlir::Value> values;
  llvm::BitVector written;
  /// Nodes that only gave a handle on. They go when nothing does any more.
  llvm::SmallVector<mlir::Operation *> replaced;
  /// The stacks that a body makes, each as the list that it is.
  void addStacks(mlir::Block &body);
  void eraseReplaced();
};

class VariableCarrier {
public:
  explicit VariableCarrier(mlir::SymbolTable &symbols) : symbols(symbols) {}

  /// Rewrites the reads and writes of a body. Afterwards nothing uses the
  /// handles but what ends the body.
  llvm::LogicalResult run(mlir::Block &body, CarriedValues &variables);

private:
  llvm::LogicalResult runOnNode(mlir::Operation *op, CarriedValues &variables,
                                NodeNames &names);
  void update(mlir::Operation *op, CarriedValues &variables);
  llvm::LogicalResult runOnCall(CallLikeOpInterface call,
                                CarriedValues &variables);
  llvm::LogicalResult finishLoopBody(FuncOp func, CarriedValues &inner,
                                     llvm::ArrayRef<unsigned> handleArgs);

  mlir::SymbolTable &symbols;
};

} // namespace firn::tfg

#endif // FIRN_PASSES_VARIABLECARRIER_H
