//===- Identities.h - what a value is before it was handed on -------------===//

#ifndef FIRN_IR_IDENTITIES_H
#define FIRN_IR_IDENTITIES_H

#include "mlir/IR/Value.h"

namespace firn::tfg {

/// The value that Identities hand on as `value`. A graph may hold a cycle of
/// them; then it is one of those.
mlir::Value skipIdentities(mlir::Value value);

/// Whether `op`, which hands its first operand on, must stay for the control
/// edges that start from it: those out of a branch of TF1 start from the
/// Identity after the Switch, since the Switch itself runs in both branches,
/// and there are none from an argument.
bool marksBranch(mlir::Operation *op);

} // namespace firn::tfg

#endif // FIRN_IR_IDENTITIES_H
