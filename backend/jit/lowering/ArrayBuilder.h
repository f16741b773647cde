//===- ArrayBuilder.h - what lowerings of data movement share -------------===//
//
// Reshaping, slicing and index-computed copies between tensors of static shape.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_BACKEND_JIT_LOWERING_ARRAYBUILDER_H
#define FIRN_BACKEND_JIT_LOWERING_ARRAYBUILDER_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/Transforms/DialectConversion.h"

namespace firn {

/// The converted type of a result; null, after an error on its node, unless its
/// shape is static.
mlir::RankedTensorType getStaticType(const mlir::TypeConverter &converter,
                                     mlir::Value result);

/// The same elements in another static shape: one or two reshapes, no copy.
mlir::Value reshapeTensor(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Value tensor, mlir::RankedTensorType type);

/// A strided part of a tensor; strides are positive.
mlir::Value extractSlice(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value tensor, llvm::ArrayRef<int64_t> offsets,
                         llvm::ArrayRef<int64_t> sizes,
                         llvm::ArrayRef<int64_t> strides);

/// The parts one behind the other along `axis`.
mlir::Value concatenate(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::ValueRange parts, int64_t axis,
                        mlir::RankedTensorType type);

/// Computes the position in the source from a position in the result.
using IndexFn = llvm::function_ref<llvm::SmallVector<mlir::Value>(
    mlir::OpBuilder &, mlir::Location, mlir::ValueRange)>;

/// result[i] = tensor[source(i)], for positions that the caller knows to be in
/// range.
mlir::Value copyByIndex(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Value tensor, mlir::RankedTensorType type,
                        IndexFn source);

/// The index at `position` of `indices`, checked at run time against [0, size);
/// 0 where it is out of range.
mlir::Value loadCheckedIndex(mlir::OpBuilder &builder, mlir::Operation *node,
                             mlir::Value indices, mlir::ValueRange position,
                             int64_t size);

/// `index * scale + offset`, on index values.
mlir::Value scaleIndex(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value index, int64_t scale, int64_t offset);

} // namespace firn

#endif // FIRN_BACKEND_JIT_LOWERING_ARRAYBUILDER_H
