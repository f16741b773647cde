// LLVM dialect → LLVM IR → optimised object file, in memory.
#ifndef FIRN_BACKEND_JIT_COMPILEOBJECT_H
#define FIRN_BACKEND_JIT_COMPILEOBJECT_H

#include "mlir/IR/BuiltinOps.h"

#include "llvm/Support/MemoryBuffer.h"

#include "absl/status/statusor.h"

#include <memory>

namespace firn::jit {

/// Compiles a module of the LLVM dialect for this machine. Modules of
/// different contexts or disjoint modules may be compiled at the same time.
/// With `dumpIR` the optimised LLVM IR goes to stderr.
absl::StatusOr<std::unique_ptr<llvm::MemoryBuffer>>
compileObject(mlir::ModuleOp module, int optLevel, bool dumpIR);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_COMPILEOBJECT_H
