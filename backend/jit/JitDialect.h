// The `jit` dialect (see JitOps.td) and the registration of every dialect and
// interface that compiling needs.
#ifndef FIRN_BACKEND_JIT_JITDIALECT_H
#define FIRN_BACKEND_JIT_JITDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "backend/jit/JitDialect.h.inc"

#define GET_OP_CLASSES
#include "backend/jit/JitOps.h.inc"

namespace firn::jit {

/// On an argument or result of @main: its i64 elements are strings
/// (runtime::StringRef).
inline constexpr llvm::StringLiteral kStringAttr = "jit.string";

/// Registers the dialects of lowered modules and of native code, with the
/// interfaces that compiling uses. Whoever calls NativeModule::compile from
/// inside a pass must have loaded them before (loadDialects).
void registerDialects(mlir::DialectRegistry &registry);

/// Registers and loads them into `context`; cheap when that was done before.
void loadDialects(mlir::MLIRContext &context);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_JITDIALECT_H
