//===- TFGTensorListOps.h - lists of tensors as values --------------------===//

#ifndef FIRN_IR_TFGTENSORLISTOPS_H
#define FIRN_IR_TFGTENSORLISTOPS_H

#include "ir/TFGOps.h"

namespace firn::tfg {
/// On an op of an array or list that cannot be a tensor: why. Errors tell it.
inline constexpr llvm::StringLiteral kObstacleAttr = "tfg.obstacle";
} // namespace firn::tfg

#define GET_OP_CLASSES
#include "ir/TFGTensorListOps.h.inc"

#endif // FIRN_IR_TFGTENSORLISTOPS_H
