//===- TFGPoolOps.h - poolings --------------------------------------------===//

#ifndef FIRN_IR_TFGPOOLOPS_H
#define FIRN_IR_TFGPOOLOPS_H

#include "ir/TFGOps.h"
#include "ir/WindowGeometry.h"

#define GET_OP_CLASSES
#include "ir/TFGPoolOps.h.inc"

namespace firn::tfg {

/// What a pooling reads and writes. Sizes are ShapedType::kDynamic where they
/// are not known.
struct PoolGeometry {
  WindowAttrs attrs;
  WindowDims dims;
  int64_t batch, channels;
  /// Channels that one output channel is taken of; 1 but in rare graphs.
  int64_t channelWindow;

  llvm::SmallVector<int64_t> outputShape() const;
};

/// The geometry of a pooling of an image of this shape. The window is read from
/// the node's attributes, or from operands that are known by `context`; fails
/// without an error if these are not. Other failures are reported on the op.
mlir::FailureOr<PoolGeometry> getPoolGeometry(mlir::Operation *op,
                                              const ShapeInference &context,
                                              llvm::ArrayRef<int64_t> image);

} // namespace firn::tfg

#endif // FIRN_IR_TFGPOOLOPS_H
