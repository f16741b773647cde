//===- GenericBuilder.h - building linalg ops from scalar code
//-------------===//
//
// What the lowerings of all families share: result tensors, sizes, elementwise
// loops with broadcasting, and checks at run time.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_BACKEND_JIT_LOWERING_GENERICBUILDER_H
#define FIRN_BACKEND_JIT_LOWERING_GENERICBUILDER_H

#include "mlir/Dialect/Utils/StructuredOpsUtils.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"

namespace firn {

/// Builds the scalars of one element of the result from those of the operands.
using ScalarFn = llvm::function_ref<mlir::Value(
    mlir::OpBuilder &, mlir::Location, mlir::ValueRange)>;

/// The size of a dimension: a constant if the type says it, else tensor.dim.
mlir::OpFoldResult getDim(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Value tensor, int64_t dim);
llvm::SmallVector<mlir::OpFoldResult>
getDims(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value tensor);

/// A tensor of these sizes without defined values.
mlir::Value makeEmpty(mlir::OpBuilder &builder, mlir::Location loc,
                      llvm::ArrayRef<mlir::OpFoldResult> sizes,
                      mlir::Type elementType);

/// A tensor of these sizes, filled with a scalar.
mlir::Value makeFilled(mlir::OpBuilder &builder, mlir::Location loc,
                       llvm::ArrayRef<mlir::OpFoldResult> sizes,
                       mlir::Value scalar);

/// A scalar constant: zero-extended or truncated to an integer type, rounded to
/// a float type, real part of a complex type.
mlir::Value makeScalar(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Type type, double value);
mlir::Value makeIntScalarOp(mlir::OpBuilder &builder, mlir::Location loc,
                            mlir::Type type, int64_t value);

/// What a dimension that only the run knows may be: the size of the result, or
/// also 1, which stands for it.
enum class SizeRule { Equal, Broadcast };

/// One parallel linalg.generic over the broadcast shape of the operands, of
/// result type `type`. That sizes that only the run knows follow the rule is
/// checked at run time.
mlir::Value buildElementwise(mlir::OpBuilder &builder, mlir::Operation *node,
                             mlir::RankedTensorType type,
                             mlir::ValueRange operands, ScalarFn scalar,
                             SizeRule rule = SizeRule::Equal);

/// `value` as a tensor of `type`, or null if it cannot be one. Sizes that
/// `type` states and the value's own type does not are checked when the code
/// runs.
mlir::Value castShape(mlir::OpBuilder &builder, mlir::Operation *node,
                      mlir::Value value, mlir::RankedTensorType type);

/// cf.assert with a message that names the node: "node 'x': text".
void emitRuntimeCheck(mlir::OpBuilder &builder, mlir::Operation *node,
                      mlir::Value holds, const llvm::Twine &text);

} // namespace firn

#endif // FIRN_BACKEND_JIT_LOWERING_GENERICBUILDER_H
