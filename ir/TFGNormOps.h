//===- TFGNormOps.h - batch and response normalisation --------------------===//

#ifndef FIRN_IR_TFGNORMOPS_H
#define FIRN_IR_TFGNORMOPS_H

#include "ir/TFGOps.h"
#include "ir/WindowGeometry.h"

#define GET_OP_CLASSES
#include "ir/TFGNormOps.h.inc"

namespace firn::tfg {

/// The layout of a batch normalisation's images; reported on the op if the
/// `data_format` is none of those it takes.
mlir::FailureOr<ImageLayout> getBatchNormLayout(mlir::Operation *op);

} // namespace firn::tfg

#endif // FIRN_IR_TFGNORMOPS_H
