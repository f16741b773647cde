//===- NodeOrder.h - the nodes that values need, in order -----------------===//
//
// Graphs and functions of tfg hold their nodes in any order; code has one.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_BACKEND_JIT_LOWERING_NODEORDER_H
#define FIRN_BACKEND_JIT_LOWERING_NODEORDER_H

#include "mlir/IR/Operation.h"

namespace firn {

/// TensorFlow's name of a node's op.
llvm::StringRef opNameOf(mlir::Operation *op);

/// The nodes that `roots` need, each after those it needs itself; fails on a
/// cycle. Order is that of a depth-first walk, so it depends on the graph only.
mlir::FailureOr<llvm::SmallVector<mlir::Operation *>>
sortNeededNodes(mlir::ValueRange roots);

/// Every output has a rank. Of those without, the node is reported that they
/// start from: behind an op that is not known there is nothing to be known, and
/// handles and lists have no shape to give; other errors name those.
llvm::LogicalResult checkRanks(llvm::ArrayRef<mlir::Operation *> order);

} // namespace firn

#endif // FIRN_BACKEND_JIT_LOWERING_NODEORDER_H
