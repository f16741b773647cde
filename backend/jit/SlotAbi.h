// The calling convention of compiled code: one array of 8-byte slots.
//
// slots[0] is the runtime::CallContext. Then, for each argument in order: a
// buffer takes one slot for the address of its first element, one for each
// dynamic dimension, and one for each dynamic stride if it has a strided
// layout; anything else takes one slot with its bits. Main is `void(slots)`,
// a kernel is `void(slots, begin, end)`, where [begin, end) are its tiles.
#ifndef FIRN_BACKEND_JIT_SLOTABI_H
#define FIRN_BACKEND_JIT_SLOTABI_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace firn::jit {

/// Slots that an argument of this type takes.
unsigned numSlots(mlir::Type type);

/// Gives the bufferized main function the slot convention. What needs the call
/// context in its body (checks, dynamic buffers, launches, dynamic outputs)
/// becomes calls of the runtime (runtime/CallContext.h).
void useSlots(mlir::func::FuncOp function);

/// Declares the runtime's functions in `module`.
void declareRuntime(mlir::ModuleOp module);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_SLOTABI_H
