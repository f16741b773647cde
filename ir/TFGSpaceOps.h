//===- TFGSpaceOps.h - blocks of an image moved to batch or channels ------===//

#ifndef FIRN_IR_TFGSPACEOPS_H
#define FIRN_IR_TFGSPACEOPS_H

#include "ir/TFGOps.h"
#include "ir/WindowGeometry.h"

#define GET_OP_CLASSES
#include "ir/TFGSpaceOps.h.inc"

namespace firn::tfg {

/// The blocks of SpaceToBatch(ND) or BatchToSpace(ND): size, and padding or
/// crops before and after, of dimensions 1, 2, …
struct BatchBlocks {
  struct Dim {
    int64_t block, before, after;
  };
  llvm::SmallVector<Dim> dims;
  /// The product of the block sizes.
  int64_t size = 1;
};

/// Reads and checks the blocks of such a node, as far as attributes and
/// operands known by `context` give them: a null optional if they are not
/// known, failure, reported on the op, if they are wrong.
mlir::FailureOr<std::optional<BatchBlocks>>
getBatchBlocks(mlir::Operation *op, const ShapeInference &context);

} // namespace firn::tfg

#endif // FIRN_IR_TFGSPACEOPS_H
