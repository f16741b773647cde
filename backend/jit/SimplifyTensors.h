// Clean-up of the tensor program before kernels are formed.
#ifndef FIRN_BACKEND_JIT_SIMPLIFYTENSORS_H
#define FIRN_BACKEND_JIT_SIMPLIFYTENSORS_H

#include "mlir/IR/BuiltinOps.h"

namespace firn::jit {

/// Canonicalizes, removes what is computed twice, and fuses chains of
/// elementwise ops into one op each, and into the reductions that use them;
/// without `fuse` every op stays by itself.
llvm::LogicalResult simplifyTensors(mlir::ModuleOp module, bool fuse = true);

/// Canonicalization and CSE alone.
llvm::LogicalResult cleanUp(mlir::ModuleOp module);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_SIMPLIFYTENSORS_H
