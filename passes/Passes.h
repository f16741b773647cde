//===- Passes.h - the passes over tfg modules -----------------------------===//
//
// Constructors and registration of the passes that Passes.td describes. The
// pipelines made of them: passes/Pipelines.h.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_PASSES_H
#define FIRN_PASSES_PASSES_H

#include "ir/TFGOps.h"
#include "mlir/Pass/Pass.h"

#include <functional>

namespace firn::tfg {

/// Computes a module with one graph that has no inputs: the values of its
/// tfg.fetch, in order (null: not computed). Fails, without a diagnostic, if it
/// cannot.
using ConstantEvaluator = std::function<llvm::LogicalResult(
    mlir::ModuleOp, llvm::SmallVectorImpl<mlir::ElementsAttr> &)>;

/// tfg-fold-constants with `evaluator`; null: nothing is folded.
std::unique_ptr<mlir::Pass>
createFoldConstantsPass(ConstantEvaluator evaluator);

#define GEN_PASS_DECL
#include "passes/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "passes/Passes.h.inc"

} // namespace firn::tfg

#endif // FIRN_PASSES_PASSES_H
