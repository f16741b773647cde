//===- Broadcast.h - operands whose sizes only the run knows -------*- C++
//-*-===//
//
// A dimension of unknown size may turn out to be 1 while the program runs, and
// then stands for any size of the others. Code reads an operand by the indices
// of the result, so an operand that has to be stretched is copied to the full
// size. Where two sizes are known to be the same one, nothing of this is made,
// and where they are equal, nothing is copied.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_BACKEND_JIT_LOWERING_BROADCAST_H
#define FIRN_BACKEND_JIT_LOWERING_BROADCAST_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace firn {

/// Whether both are the same size in every run, as far as can be told from how
/// they are computed.
bool isSameSize(mlir::OpFoldResult a, mlir::OpFoldResult b);

/// The size that these of one dimension broadcast to, if they do: stretch()
/// checks it.
mlir::OpFoldResult broadcastSize(mlir::OpBuilder &builder, mlir::Location loc,
                                 llvm::ArrayRef<mlir::OpFoldResult> sizes);

/// `operand` with these sizes, one a dimension; null where its own is to stay.
/// Its type stays. The node fails if a size is neither the wanted one nor 1.
mlir::Value stretch(mlir::OpBuilder &builder, mlir::Operation *node,
                    mlir::Value operand,
                    llvm::ArrayRef<mlir::OpFoldResult> wanted);

} // namespace firn

#endif // FIRN_BACKEND_JIT_LOWERING_BROADCAST_H
