// Code of a kernel: its loop nest in register tiles of vectors.
#ifndef FIRN_BACKEND_JIT_EMITNEST_H
#define FIRN_BACKEND_JIT_EMITNEST_H

#include "backend/jit/KernelSpec.h"
#include "backend/jit/Tiling.h"

namespace firn::jit {

/// A new function `name`(slots, begin, end) at the end of `module`; `b` is put
/// at the start of its body.
mlir::func::FuncOp beginKernel(mlir::OpBuilder &b, mlir::ModuleOp module,
                               llvm::StringRef name, mlir::Location loc);

/// Ends the body with the loop over the parts [begin, end) and the return, puts
/// `b` into the loop, and returns the part's number.
mlir::Value loopOverParts(mlir::OpBuilder &b, mlir::func::FuncOp kernel);

/// Writes the function `name`(slots, begin, end) into `module` (SlotAbi.h);
/// every operand of the kernel takes one slot.
mlir::func::FuncOp emitNest(mlir::ModuleOp module, llvm::StringRef name,
                            mlir::func::FuncOp kernel, const KernelSpec &spec,
                            const Tiling &tiling);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_EMITNEST_H
