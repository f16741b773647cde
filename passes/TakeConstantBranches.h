//===- TakeConstantBranches.h - branches that a constant decides ----------===//

#ifndef FIRN_PASSES_TAKECONSTANTBRANCHES_H
#define FIRN_PASSES_TAKECONSTANTBRANCHES_H

#include "ir/TFGOps.h"

namespace firn::tfg {

/// Takes the side of every Switch whose predicate is a constant, or folds to
/// one; removes what lies on the other side; a Merge with one input left gives
/// way to it. Works in the presence of loops; those that are never entered go.
/// Gives the number of Switches taken.
unsigned takeConstantBranches(mlir::Block &body);

} // namespace firn::tfg

#endif // FIRN_PASSES_TAKECONSTANTBRANCHES_H
