// Bufferized functions with the slot convention → LLVM dialect.
#ifndef FIRN_BACKEND_JIT_LOWERTOLLVM_H
#define FIRN_BACKEND_JIT_LOWERTOLLVM_H

#include "mlir/IR/BuiltinOps.h"

namespace firn::jit {

/// linalg ops on buffers → loops, in every function of the module.
llvm::LogicalResult lowerLinalgToLoops(mlir::ModuleOp module);

/// Everything else → LLVM dialect. Expects useSlots to have run on every
/// function.
llvm::LogicalResult lowerToLLVM(mlir::ModuleOp module);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_LOWERTOLLVM_H
