//===- FunctionalizeConds.h - Switch and Merge into If nodes --------------===//

#ifndef FIRN_PASSES_FUNCTIONALIZECONDS_H
#define FIRN_PASSES_FUNCTIONALIZECONDS_H

#include "ir/TFGOps.h"

namespace firn::tfg {

/// Turns the branches of a body without loops into If nodes over new functions,
/// inner branches first, and removes the nodes that only branches need. A
/// Merge, or an output, that no predicate decides is reported. Gives the number
/// of If nodes.
mlir::FailureOr<unsigned> functionalizeConds(mlir::Block &body,
                                             mlir::SymbolTable &symbols);

} // namespace firn::tfg

#endif // FIRN_PASSES_FUNCTIONALIZECONDS_H
