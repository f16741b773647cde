//===- TensorKinds.h - constraints and shape rules of routine ops ---------===//
//
// What families computed by routines share: constraints on element types, which
// a routine relies on when it reads memory, and shapes that an op's definition
// states. References count as what they refer to; unknown types and type
// parameters fit anything.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_IR_TENSORKINDS_H
#define FIRN_IR_TENSORKINDS_H

#include "ir/NodeSyntax.h"
#include "ir/ShapeInference.h"

namespace firn::tfg {

/// The element type of a tensor type, without a reference.
mlir::Type elementTypeOf(mlir::Type tensor);

/// Whether a tensor type has elements of one of the types.
template <typename... Types> bool holds(mlir::Type tensor) {
  return llvm::isa<Types..., UnknownType, TypeParamType>(elementTypeOf(tensor));
}
/// Whether a tensor type has elements of type int32 or int64.
bool holdsIndices(mlir::Type tensor);
/// Whether a tensor type has elements that are integers of so many bits.
bool holdsInteger(mlir::Type tensor, unsigned width);

/// One type a result: its own element type with the given shape, in which -1 is
/// a dimension that the op computes.
llvm::LogicalResult
appendShapes(mlir::Operation *op,
             llvm::ArrayRef<llvm::SmallVector<int64_t>> shapes,
             llvm::SmallVectorImpl<mlir::Type> &results);

/// The size of a dimension of the value's shape, -1 if it is not known.
int64_t knownDim(mlir::Value value, unsigned dim);

/// The shape of `value` followed by `more` for result `index`; unranked if the
/// value is.
void appendExtended(mlir::Operation *op, unsigned index, mlir::Value value,
                    llvm::ArrayRef<int64_t> more,
                    llvm::SmallVectorImpl<mlir::Type> &results);

} // namespace firn::tfg

#endif // FIRN_IR_TENSORKINDS_H
