// A model on its way from file to file: read, rewritten by passes, written.
// What all tools that change graphs share.
#ifndef FIRN_API_GRAPHREWRITER_H
#define FIRN_API_GRAPHREWRITER_H

#include "api/ModelFormat.h"

#include "absl/status/status.h"
#include "ir/TFGOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Pass/PassManager.h"
#include "passes/Passes.h"

#include <memory>
#include <string>
#include <vector>

namespace firn {

/// What op definitions say about nodes, for the passes that write it out.
tfg::OpDefinitions makeOpDefinitions();

class GraphRewriter {
public:
  struct Source {
    std::string path;
    std::string checkpoint;
    std::vector<std::string> tags;
    /// Without, variables have no values, and no checkpoint is looked for.
    bool loadVariables = false;
  };

  static absl::StatusOr<std::unique_ptr<GraphRewriter>>
  load(const Source &source);

  mlir::ModuleOp module() { return *imported; }
  tfg::GraphOp graph();
  /// Whether the main graph has a node of this name, and its op.
  std::string opOf(const std::string &node);

  /// Runs the passes that `build` adds; `action` names them in errors. The
  /// module is verified after each pass.
  absl::Status run(llvm::function_ref<void(mlir::OpPassManager &)> build,
                   const std::string &action);
  /// The same; on failure the module is what it was before.
  absl::Status tryRun(llvm::function_ref<void(mlir::OpPassManager &)> build,
                      const std::string &action);

  /// What reading noticed: variables without a value, one line each.
  const std::vector<std::string> &readingWarnings() const { return warnings; }

  /// Keeps the signatures, or the one of this key, for a SavedModel that is
  /// written later, although the passes remove them.
  void keepSignatures(const std::string &key);
  /// The keys of those that are kept.
  std::vector<std::string> keptSignatures();

  /// Writes the graph; the file appears whole or not at all.
  absl::Status write(const std::string &output, ModelFormat format);

  /// The number of nodes, those of functions included.
  int64_t countNodes();

private:
  explicit GraphRewriter(std::string path);
  absl::Status writeModule(const std::string &output, bool bytecode);

  // The context outlives the modules.
  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> imported;
  mlir::OwningOpRef<mlir::ModuleOp> signatures;
  std::string path;
  std::vector<std::string> warnings;
};

} // namespace firn

#endif // FIRN_API_GRAPHREWRITER_H
