// Code for all kernels that main launches.
#ifndef FIRN_BACKEND_JIT_EMITKERNELS_H
#define FIRN_BACKEND_JIT_EMITKERNELS_H

#include "backend/jit/BindArguments.h"
#include "backend/jit/NativeOptions.h"

namespace firn::jit {

/// Generates the function of every kernel for the buffers it is launched with,
/// packs constants into the panels that kernels want (new entries of the
/// table, new arguments of main), and removes the kernels' tensor functions.
/// Kernels become parallel if that is worth it and `options` have more than one
/// thread. Returns the number of kernels made.
llvm::FailureOr<unsigned> emitKernels(mlir::func::FuncOp main,
                                      BoundArguments &bound,
                                      ConstantTable &table,
                                      const NativeOptions &options);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_EMITKERNELS_H
