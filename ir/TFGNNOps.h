//===- TFGNNOps.h - convolutions ------------------------------------------===//

#ifndef FIRN_IR_TFGNNOPS_H
#define FIRN_IR_TFGNNOPS_H

#include "ir/TFGOps.h"
#include "ir/WindowGeometry.h"

#define GET_OP_CLASSES
#include "ir/TFGNNOps.h.inc"

namespace firn::tfg {

/// What a convolution computes, its shapes checked against each other. Sizes
/// are ShapedType::kDynamic where they are not known.
struct ConvGeometry {
  WindowAttrs attrs;
  WindowDims dims;
  int64_t batch;
  /// Channels of the image, and of the result.
  int64_t channels, outputChannels;
  /// The channels are convolved in this many independent groups, each of
  /// `channels / groups` to `outputChannels / groups`.
  int64_t groups;

  llvm::SmallVector<int64_t> outputShape() const;
};

/// The geometry of a Conv2D, Conv3D, DepthwiseConv2dNative or Dilation2D with
/// these shapes, or of the convolution whose gradient by its image a
/// Conv2DBackpropInput or Conv3DBackpropInputV2 is. Shapes that cannot go
/// together are reported on the op.
mlir::FailureOr<ConvGeometry> getConvGeometry(mlir::Operation *op,
                                              llvm::ArrayRef<int64_t> image,
                                              llvm::ArrayRef<int64_t> filter);

} // namespace firn::tfg

#endif // FIRN_IR_TFGNNOPS_H
