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
struct FoldConstantsPassOptions;
std::unique_ptr<mlir::Pass>
createFoldConstantsPass(ConstantEvaluator evaluator,
                        const FoldConstantsPassOptions &options);

/// Called with each tfg.variable that was frozen, before it is gone.
using FrozenListener = std::function<void(VariableOp)>;
struct FreezeVariablesPassOptions;
std::unique_ptr<mlir::Pass>
createFreezeVariablesPass(FreezeVariablesPassOptions options,
                          FrozenListener onFrozen);

/// What op definitions say about nodes, for passes that write it out. Given by
/// whoever builds the pass: definitions are messages, which passes do not know.
struct OpDefinitions {
  using Attributes = llvm::SmallVector<mlir::NamedAttribute>;
  /// The attributes that the types of a node's values imply.
  std::function<Attributes(mlir::Operation *)> implied;
  /// The attributes that a node leaves to their defaults.
  std::function<Attributes(mlir::Operation *)> defaults;
  /// Whether TensorFlow has the op.
  std::function<bool(llvm::StringRef)> isBuiltin;
};

/// tfg-add-default-attributes and tfg-rename-op with definitions.
std::unique_ptr<mlir::Pass>
createAddDefaultAttributesPass(OpDefinitions definitions);
std::unique_ptr<mlir::Pass>
createRenameOpPass(OpDefinitions definitions, std::string from, std::string to);

#define GEN_PASS_DECL
#include "passes/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "passes/Passes.h.inc"

} // namespace firn::tfg

#endif // FIRN_PASSES_PASSES_H
