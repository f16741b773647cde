//===- Stacks.h - stacks as values along the order of a run ---------------===//
//
// A stack is a variable whose value is a list of tensors. A run starts with an
// empty one, and nobody keeps what is left.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_STACKS_H
#define FIRN_PASSES_STACKS_H

#include "passes/NodeNames.h"

namespace firn::tfg {

/// The op that makes a stack.
bool isStack(mlir::Operation *op);
/// What changes the stack that its first operand stands for.
bool isStackChange(mlir::Operation *op);

/// The list that `stack` is to begin with; made in front of it.
mlir::Value makeEmptyList(mlir::Operation *stack, NodeNames &names);

/// Puts what computes the same from `list`, what the stack holds, in the place
/// of `change`. Gives what it holds then.
mlir::Value replaceStackChange(mlir::Operation *change, mlir::Value list,
                               NodeNames &names);

} // namespace firn::tfg

#endif // FIRN_PASSES_STACKS_H
