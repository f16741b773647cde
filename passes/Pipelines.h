//===- Pipelines.h - the passes in order ----------------------------------===//
//
// What freezing and compiling are made of. Both start from an imported module.
//
//===----------------------------------------------------------------------===//

#ifndef FIRN_PASSES_PIPELINES_H
#define FIRN_PASSES_PIPELINES_H

#include "mlir/Pass/PassManager.h"
#include "passes/Passes.h"

#include <string>
#include <vector>

namespace firn::tfg {

/// What the graph is run for, as tfg-select-signature takes it. All empty: the
/// default signature, or what the module has selected already.
struct SelectionOptions {
  std::string signature;
  std::vector<std::string> feeds, fetches;
};

struct FreezeOptions {
  SelectionOptions selection;
  /// Nodes of variables to freeze (empty: all), and not to freeze.
  std::vector<std::string> allow, deny;
  bool keepWritten = false;
  /// What errors tell the user to do about a variable that cannot be frozen.
  std::string advice;
  /// Called with every variable that was frozen.
  FrozenListener onFrozen;
  bool keepDevices = false;
  bool keepFunctions = false;
  /// Remove branches of TF1 that a constant decides: a dead branch may write a
  /// variable, which then could not be frozen.
  bool takeConstantBranches = false;
  /// Keep what fills tables, without files. A SavedModel has its own way.
  bool holdTables = true;
  /// Turn loops and branches of TF1 into While and If over functions.
  bool functionalize = false;
};

struct CompileOptions {
  SelectionOptions selection;
  /// Shapes of feeds, as tfg-infer-shapes takes them.
  std::string inputShapes;
  /// Nodes of variables that are inputs although this graph only reads them:
  /// another one writes them.
  std::vector<std::string> keptVariables;
  /// Runs constant subgraphs; without it only what fold() does is folded.
  ConstantEvaluator evaluator;
};

/// Afterwards: one selected graph without variables (but for denied ones),
/// calls, or anything that its fetches do not need. Node names and the graph's
/// structure stay, values are not copied.
void buildFreezePipeline(mlir::OpPassManager &pm, const FreezeOptions &options);

/// Afterwards: one selected graph that the lowering takes, or an error that
/// names what it does not.
void buildCompilePipeline(mlir::OpPassManager &pm,
                          const CompileOptions &options);

/// Whether the compile pipeline takes the node apart if it knows its shapes, so
/// that nothing has to be generated for it.
bool isTakenApart(mlir::Operation *op);

/// --firn-freeze and --firn-compile.
void registerFirnPipelines();

} // namespace firn::tfg

#endif // FIRN_PASSES_PIPELINES_H
