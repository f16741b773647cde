//===- FunctionalizeLoops.h - loops of TF1 into While nodes ---------------===//

#ifndef FIRN_PASSES_FUNCTIONALIZELOOPS_H
#define FIRN_PASSES_FUNCTIONALIZELOOPS_H

#include "ir/TFGOps.h"

namespace firn::tfg {

/// Turns every frame of `body` (Enter, Exit, NextIteration, LoopCond) into a
/// While node over two new functions, inner loops first. What is not a loop is
/// reported on the node that it fails at. Gives the number of loops.
mlir::FailureOr<unsigned> functionalizeLoops(mlir::Block &body,
                                             mlir::SymbolTable &symbols);

} // namespace firn::tfg

#endif // FIRN_PASSES_FUNCTIONALIZELOOPS_H
