// Code for all kernels that main launches.
#ifndef FIRN_BACKEND_JIT_EMITKERNELS_H
#define FIRN_BACKEND_JIT_EMITKERNELS_H

#include "backend/jit/BindArguments.h"

namespace firn::jit {

/// Generates the function of every kernel for the buffers it is launched with,
/// packs constants into the panels that kernels want (new entries of the
/// table, new arguments of main), and removes the kernels' tensor functions.
/// Kernels become parallel if `parallel` and worth it. Returns the number of
/// functions made.
llvm::FailureOr<unsigned> emitKernels(mlir::func::FuncOp main,
                                      BoundArguments &bound,
                                      ConstantTable &table, bool parallel);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_EMITKERNELS_H
