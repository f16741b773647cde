// Loops free what they carry in buffers of changing size.
#ifndef FIRN_BACKEND_JIT_OWNLOOPBUFFERS_H
#define FIRN_BACKEND_JIT_OWNLOOPBUFFERS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace firn::jit {

/// Makes loops own the buffers of dynamic shape that they carry, and free each
/// once the iteration that it was given to has ended. To be run after
/// bufferization, before the arena is planned.
void ownLoopBuffers(mlir::func::FuncOp function);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_OWNLOOPBUFFERS_H
