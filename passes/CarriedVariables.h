//===- CarriedVariables.h - variables as inputs and outputs of a graph ----===//
//
// How tfg-carry-variables marks what it added.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_CARRIEDVARIABLES_H
#define FIRN_PASSES_CARRIEDVARIABLES_H

#include "ir/TFGOps.h"

namespace firn::tfg {

/// On a Placeholder: the name of the variable whose value it is fed.
inline constexpr llvm::StringLiteral kCarriedInAttr = "tfg.variable";
/// On a tfg.fetch: the names of the variables whose new values its last
/// operands are.
inline constexpr llvm::StringLiteral kCarriedOutAttr = "tfg.variables";

} // namespace firn::tfg

#endif // FIRN_PASSES_CARRIEDVARIABLES_H
