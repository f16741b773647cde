// Tensors become buffers: pads and concatenations are taken apart so that their
// producers write in place, then upstream's one-shot bufferization runs.
#ifndef FIRN_BACKEND_JIT_BUFFERIZE_H
#define FIRN_BACKEND_JIT_BUFFERIZE_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace firn::jit {

/// Bufferizes the body of a function whose arguments are bound
/// (bindArguments). Afterwards there are memrefs only, and memref.alloc for
/// every temporary.
llvm::LogicalResult bufferize(mlir::func::FuncOp function);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_BUFFERIZE_H
