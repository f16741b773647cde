//===- GraphTraversal.h - walking along the edges of a graph --------------===//
//
// Reachability and topological order over the nodes of a graph or function
// body, without recursion: chains of a model may be a hundred thousand nodes
// long.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_GRAPHTRAVERSAL_H
#define FIRN_PASSES_GRAPHTRAVERSAL_H

#include "ir/TFGOps.h"
#include "llvm/ADT/DenseSet.h"

namespace firn::tfg {

/// Calls `visit` with the body of the main graph, then with those of functions.
void forEachBody(mlir::ModuleOp module,
                 llvm::function_ref<void(mlir::Block &)> visit);

/// The operations that `roots` need: their producers and, transitively, the
/// producers of all their data and control operands.
llvm::DenseSet<mlir::Operation *> findNeeded(mlir::ValueRange roots);

/// The operations of a body so that each comes after the producers of its
/// operands, and otherwise in the order they stand in. The edge out of a
/// NextIteration, which closes a loop of TF1, does not count. If there are
/// other cycles, the operations on them and after them are missing.
llvm::SmallVector<mlir::Operation *> sortTopologically(mlir::Block &body);

/// The nodes that run on one side of a Switch, or in a loop of TF1 only: they
/// have no one value. Of a graph that is built in another way than frameworks
/// do, some may be missing.
llvm::DenseSet<mlir::Operation *> findConditionalNodes(mlir::Block &body);

/// Reports the nodes of a cycle that sortTopologically met in `body`; `sorted`
/// is what it gave. Succeeds if there is none.
llvm::LogicalResult verifyAcyclic(mlir::Block &body,
                                  llvm::ArrayRef<mlir::Operation *> sorted);

} // namespace firn::tfg

#endif // FIRN_PASSES_GRAPHTRAVERSAL_H
