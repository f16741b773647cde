// The profile of compiled code: which ops a call executes one after the other,
// what they compute, and how long they took. An op here is what the code runs
// as one thing: a kernel with its epilogue, a routine, a loop.
#ifndef FIRN_BACKEND_JIT_PROFILE_H
#define FIRN_BACKEND_JIT_PROFILE_H

#include "backend/jit/KernelSpec.h"
#include "backend/jit/Tiling.h"
#include "backend/jit/Winograd.h"

#include <cstdint>
#include <string>
#include <vector>

namespace firn::jit {

/// Attributes of a launch, from which the profile reads.
inline constexpr char kSummaryAttr[] = "summary";
inline constexpr char kOperationsAttr[] = "operations";

struct ProfiledOp {
  std::string node;       ///< of the graph, the last one that the op computes
  std::string summary;    ///< the computation, its loops and its tile
  int64_t operations = 0; ///< arithmetic; a multiply-add counts two
  int64_t bytes = 0;      ///< operands, each counted once
  double seconds = 0;     ///< over all runs
  double lastStart = 0, lastDuration = 0; ///< of the last run, in seconds
};

struct Profile {
  int64_t runs = 0;
  std::vector<ProfiledOp> ops;
};

/// Puts a jit.mark after each op of `main` that takes time, those of loops with
/// a known number of iterations among them; returns the ops in the order of
/// their marks.
std::vector<ProfiledOp> markOps(mlir::func::FuncOp main);

/// The computation as text: op, loops (reductions in brackets), tile.
std::string summarize(const KernelSpec &spec, const Tiling &tiling);

std::string summarize(const KernelSpec &spec, const WinogradPlan &plan);

/// Arithmetic operations of a kernel with its epilogue.
int64_t countOperations(const KernelSpec &spec);

} // namespace firn::jit

#endif // FIRN_BACKEND_JIT_PROFILE_H
