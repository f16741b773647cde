// Blocks of a batch go through several layers while they are in the cache.
#ifndef FIRN_BACKEND_JIT_TILEBATCH_H
#define FIRN_BACKEND_JIT_TILEBATCH_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace firn::jit {

/// Replaces runs of ops that treat each index of their first dimension alike by
/// loops over blocks of that dimension, where the tensors between the ops are
/// too large for the cache and the parts of one block are not. To be run before
/// kernels are formed. Returns the number of loops.
unsigned tileBatch(mlir::func::FuncOp function);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_TILEBATCH_H
