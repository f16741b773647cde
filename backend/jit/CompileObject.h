// LLVM dialect → LLVM IR → optimised object files, in memory.
#ifndef FIRN_BACKEND_JIT_COMPILEOBJECT_H
#define FIRN_BACKEND_JIT_COMPILEOBJECT_H

#include "mlir/IR/BuiltinOps.h"

#include "llvm/Support/MemoryBuffer.h"

#include "absl/status/statusor.h"

#include <memory>
#include <vector>

namespace firn::jit {

/// Compiles a module of the LLVM dialect for this machine, its functions spread
/// over up to `parts` objects that are compiled at the same time. `module` is
/// taken apart. With `dumpIR` the optimised LLVM IR goes to stderr.
absl::StatusOr<std::vector<std::unique_ptr<llvm::MemoryBuffer>>>
compileObjects(mlir::ModuleOp module, int optLevel, unsigned parts,
               bool dumpIR);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_COMPILEOBJECT_H
