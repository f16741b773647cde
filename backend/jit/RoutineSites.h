// The call sites of routines in a function: what the runtime knows of each.
#ifndef FIRN_BACKEND_JIT_ROUTINESITES_H
#define FIRN_BACKEND_JIT_ROUTINESITES_H

#include "backend/runtime/Routine.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <memory>
#include <vector>

namespace firn::jit {

using RoutineSites = std::vector<std::unique_ptr<runtime::RoutineSite>>;

/// Numbers the jit.calls of `function` and describes each; fails if one names
/// no routine.
llvm::FailureOr<RoutineSites> collectRoutineSites(mlir::func::FuncOp function);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_ROUTINESITES_H
