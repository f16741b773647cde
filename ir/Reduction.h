//===- Reduction.h - the shape rule of reductions
//--------------------------===//

#ifndef FIRN_IR_REDUCTION_H
#define FIRN_IR_REDUCTION_H

#include "ir/ShapeInference.h"

namespace firn::tfg {

/// Which dimensions of a tensor of this rank the axes name; an error on `op` if
/// one is out of range.
mlir::FailureOr<llvm::SmallVector<bool>>
getReducedDims(mlir::Operation *op, llvm::ArrayRef<int64_t> axes, int64_t rank);

/// The result of a reduction of operand 0 over the axes of operand 1.
llvm::LogicalResult inferReduction(mlir::Operation *op, bool keepDims,
                                   const ShapeInference &context,
                                   llvm::SmallVectorImpl<mlir::Type> &results);

} // namespace firn::tfg

#endif // FIRN_IR_REDUCTION_H
