// Pads and concatenations as insertions of slices, placed so that what is
// inserted can be computed in its place.
#ifndef FIRN_BACKEND_JIT_DECOMPOSESLICES_H
#define FIRN_BACKEND_JIT_DECOMPOSESLICES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace firn::jit {

/// Takes apart the tensor.pads (with one padding value) and tensor.concats of a
/// function.
void decomposeSlices(mlir::func::FuncOp function);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_DECOMPOSESLICES_H
