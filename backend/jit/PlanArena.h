// Gives every temporary buffer of static size its place in one block of memory,
// the arena, so that a call allocates nothing.
#ifndef FIRN_BACKEND_JIT_PLANARENA_H
#define FIRN_BACKEND_JIT_PLANARENA_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace firn::jit {

/// Sizes that planning came to.
struct ArenaPlan {
  int64_t bytes = 0;       ///< of the arena
  int64_t livePeak = 0;    ///< most bytes alive at once, the lower bound
  unsigned numBuffers = 0; ///< buffers placed
  unsigned numDynamic = 0; ///< buffers left to the heap
};

/// Replaces memref.allocs of static size in `function` by views of a new last
/// argument, the arena (present also when it is empty). Other allocations stay
/// and get a memref.dealloc where their last use is known. Fails if there is no
/// memory of that size.
mlir::FailureOr<ArenaPlan> planArena(mlir::func::FuncOp function);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_PLANARENA_H
