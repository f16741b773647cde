//===- ImageBuilder.h - what lowerings of image ops share -----------------===//
//
// Layout changes, padding, window loops and element conversion. Everything here
// works on channels-last images; NCHW is transposed at the borders of an op.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_BACKEND_JIT_LOWERING_IMAGEBUILDER_H
#define FIRN_BACKEND_JIT_LOWERING_IMAGEBUILDER_H

#include "backend/jit/lowering/GenericBuilder.h"
#include "ir/ShapeInference.h"
#include "ir/WindowGeometry.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace firn {

/// Constants among a node's operands, seen through what lowered them.
tfg::ShapeInference knownOperands(mlir::Operation *op,
                                  mlir::ValueRange lowered);

/// The value of a constant tensor; null if it is none.
mlir::ElementsAttr getConstant(mlir::Value value);

/// What sums of this element type are computed in: f32 for f16 and bf16.
mlir::Type getAccumulatorType(mlir::Type elementType);

/// The tensor with its float elements rounded or extended to `elementType`.
mlir::Value convertElements(mlir::OpBuilder &builder, mlir::Location loc,
                            mlir::Value tensor, mlir::Type elementType);

/// Dimension i of the result is dimension `permutation[i]` of the tensor. A
/// constant is transposed here and now.
mlir::Value transposeTensor(mlir::OpBuilder &builder, mlir::Location loc,
                            mlir::Value tensor,
                            llvm::ArrayRef<int64_t> permutation);

/// The tensor with its dimensions joined as `groups` say, or one dimension cut
/// into several. A constant is reshaped here and now.
mlir::Value collapseDims(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value tensor,
                         llvm::ArrayRef<mlir::ReassociationIndices> groups);
mlir::Value expandDims(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value tensor, llvm::ArrayRef<int64_t> shape,
                       llvm::ArrayRef<mlir::ReassociationIndices> groups);

/// An image of `layout` with its channels last, and back.
mlir::Value toChannelsLast(mlir::OpBuilder &builder, mlir::Location loc,
                           mlir::Value image, tfg::ImageLayout layout);
mlir::Value fromChannelsLast(mlir::OpBuilder &builder, mlir::Location loc,
                             mlir::Value image, tfg::ImageLayout layout);

/// Pads each dimension by (before, after); negative amounts cut off.
mlir::Value padTensor(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value tensor,
                      llvm::ArrayRef<std::pair<int64_t, int64_t>> amounts,
                      mlir::Value scalar);

/// A channels-last image padded as the window's places want it.
mlir::Value padForWindow(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value image, llvm::ArrayRef<tfg::WindowDim> dims,
                         mlir::Value scalar);

/// Batch, places of the window, channels: the sizes of what a window over
/// `padded` gives.
llvm::SmallVector<mlir::OpFoldResult>
getWindowedSizes(mlir::OpBuilder &builder, mlir::Location loc,
                 mlir::Value padded, llvm::ArrayRef<tfg::WindowDim> dims,
                 int64_t channels);

/// Whether all paddings are known; if not, reports on the op that its image
/// has to be of known size.
mlir::LogicalResult checkPaddingKnown(mlir::Operation *op,
                                      llvm::ArrayRef<tfg::WindowDim> dims);

} // namespace firn

#endif // FIRN_BACKEND_JIT_LOWERING_IMAGEBUILDER_H
