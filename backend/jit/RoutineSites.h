// The call sites of routines in a function: what the runtime knows of each.
#ifndef FIRN_BACKEND_JIT_ROUTINESITES_H
#define FIRN_BACKEND_JIT_ROUTINESITES_H

#include "backend/runtime/Routine.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <memory>
#include <vector>

namespace firn::jit {

/// What a call site is, as plain values.
struct SiteDescription {
  std::string op;
  std::string node;
  std::vector<std::pair<std::string, runtime::AttrValue>> attributes;
  std::vector<DType> inputTypes;
  std::vector<size_t> inputRanks;
  std::vector<runtime::RoutineSite::Result> results;
};

/// Numbers the jit.calls of `function` and describes each; fails if one names
/// no routine.
llvm::FailureOr<std::vector<SiteDescription>>
collectRoutineSites(mlir::func::FuncOp function);

/// The sites as the runtime holds them.
using RoutineSites = std::vector<std::unique_ptr<runtime::RoutineSite>>;
RoutineSites makeRoutineSites(std::vector<SiteDescription> descriptions);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_ROUTINESITES_H
