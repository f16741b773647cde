// Tensors become buffers, by upstream's one-shot bufferization.
#ifndef FIRN_BACKEND_JIT_BUFFERIZE_H
#define FIRN_BACKEND_JIT_BUFFERIZE_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace firn::jit {

/// Bufferizes the body of a function whose arguments are bound
/// (bindArguments). Afterwards there are memrefs only, and memref.alloc for
/// every temporary.
llvm::LogicalResult bufferize(mlir::func::FuncOp function);

/// Removes copies of buffers to themselves, which are left where a value was
/// computed in its place. Sees views of the same slice as the same only after
/// CSE. Returns the number of copies that stay.
unsigned removeSelfCopies(mlir::func::FuncOp function);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_BUFFERIZE_H
