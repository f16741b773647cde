// Contractions whose operands or results do not lie along the vector lanes are
// rewritten so that they do.
#ifndef FIRN_BACKEND_JIT_ARRANGECONTRACTIONS_H
#define FIRN_BACKEND_JIT_ARRANGECONTRACTIONS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace firn::jit {

/// Rewrites the contractions of `main`, which works on tensors.
void arrangeContractions(mlir::func::FuncOp main);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_ARRANGECONTRACTIONS_H
