//===- VariableReads.h - reads of what is a value now ---------------------===//
//
//   ReadVariableOp -> Identity           ResourceGather   -> GatherV2
//   VariableShape  -> Shape              ResourceGatherNd -> GatherNd
//
// Whether the variable is initialized is true, and an op that took the value
// out of a reference stays as it is.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_VARIABLEREADS_H
#define FIRN_PASSES_VARIABLEREADS_H

#include "ir/TFGOps.h"
#include "passes/NodeNames.h"

namespace firn::tfg {

/// Puts the plain op in the place of `op`, a read whose first operand was the
/// handle of a variable and is its value now. `names` are those of its body.
llvm::LogicalResult rewriteVariableRead(mlir::Operation *op, NodeNames &names);

} // namespace firn::tfg

#endif // FIRN_PASSES_VARIABLEREADS_H
