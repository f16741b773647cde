// Loops update what they carry where it lies: one buffer per loop variable,
// allocated before the loop.
#ifndef FIRN_BACKEND_JIT_CARRYINPLACE_H
#define FIRN_BACKEND_JIT_CARRYINPLACE_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace firn::jit {

/// Makes every iteration of a loop write the tensors of static shape that it
/// yields into the tensors that it was given. To be run before bufferization,
/// which then finds both to be one buffer.
void carryInPlace(mlir::func::FuncOp function);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_CARRYINPLACE_H
