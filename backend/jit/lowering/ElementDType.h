// Element types of the IR as the runtime's.
#ifndef FIRN_BACKEND_JIT_LOWERING_ELEMENTDTYPE_H
#define FIRN_BACKEND_JIT_LOWERING_ELEMENTDTYPE_H

#include "backend/runtime/DType.h"
#include "mlir/IR/Types.h"

namespace firn {

/// The element type of a tensor type, or of an element type itself; Invalid for
/// types that no tensor of the runtime can have.
DType dtypeOfType(mlir::Type type);

} // namespace firn

#endif // FIRN_BACKEND_JIT_LOWERING_ELEMENTDTYPE_H
