// Computes constant subgraphs with the compiled code itself, so that an op's
// meaning is written once.
#ifndef FIRN_API_CONSTANTEVALUATOR_H
#define FIRN_API_CONSTANTEVALUATOR_H

#include "passes/Passes.h"

namespace firn {

/// The evaluator for tfg-fold-constants: lowers the graph, compiles it and runs
/// it once. Fails if an op of it has no lowering.
tfg::ConstantEvaluator makeConstantEvaluator();

} // namespace firn

#endif // FIRN_API_CONSTANTEVALUATOR_H
