// The pipeline from a linalg module to machine code.
#ifndef FIRN_BACKEND_JIT_COMPILEIMAGE_H
#define FIRN_BACKEND_JIT_COMPILEIMAGE_H

#include "backend/jit/NativeImage.h"
#include "backend/jit/NativeOptions.h"

#include "mlir/IR/BuiltinOps.h"

#include "absl/status/statusor.h"

namespace firn::jit {

/// Compiles `@main` of a module as the lowerings make it: linalg, tensor,
/// arith, math, scf, complex and cf.assert, over ranked tensors. `module` is
/// left as it is. Constants are used in place where possible, so the MLIR
/// context (and files that its resources map) must outlive the result.
absl::StatusOr<NativeImage> compileImage(mlir::ModuleOp module,
                                         const NativeOptions &options);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_COMPILEIMAGE_H
