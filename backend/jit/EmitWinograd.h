// Code of a convolution by Winograd's algorithm.
#ifndef FIRN_BACKEND_JIT_EMITWINOGRAD_H
#define FIRN_BACKEND_JIT_EMITWINOGRAD_H

#include "backend/jit/KernelSpec.h"
#include "backend/jit/Winograd.h"

namespace firn::jit {

/// Writes the kernel `name`(slots, begin, end) that transforms tiles of the
/// input. Its operands are the image, read through `image`, and the result,
/// plan.inputElements() floats; it has plan.blocks() * plan.rows parts.
void emitWinogradInput(mlir::ModuleOp module, llvm::StringRef name,
                       const WinogradPlan &plan, const Access &image);

/// Writes the kernel that computes `kernel` from the transformed image and the
/// transformed filters, which stand for the root's operands. It has
/// plan.blocks() * plan.panels() parts.
void emitWinogradOutput(mlir::ModuleOp module, llvm::StringRef name,
                        mlir::func::FuncOp kernel, const KernelSpec &spec,
                        const WinogradPlan &plan);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_EMITWINOGRAD_H
