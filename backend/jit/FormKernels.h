// Groups tensor ops into kernels.
#ifndef FIRN_BACKEND_JIT_FORMKERNELS_H
#define FIRN_BACKEND_JIT_FORMKERNELS_H

#include "mlir/IR/BuiltinOps.h"

namespace firn::jit {

/// Moves every linalg op of @main that the kernel generator can vectorise, with
/// the elementwise ops that alone use its result, into a private function of
/// its own, and puts a jit.launch in its place. Kernels that are alike are one
/// function. Other ops stay where they are. Returns the number of launches.
unsigned formKernels(mlir::ModuleOp module);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_FORMKERNELS_H
