//===- Identities.h - what a value is before it was handed on -------------===//

#ifndef FIRN_IR_IDENTITIES_H
#define FIRN_IR_IDENTITIES_H

#include "mlir/IR/Value.h"

namespace firn::tfg {

/// The value that Identities hand on as `value`. A graph may hold a cycle of
/// them; then it is one of those.
mlir::Value skipIdentities(mlir::Value value);

} // namespace firn::tfg

#endif // FIRN_IR_IDENTITIES_H
