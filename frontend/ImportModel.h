// Files → tfg module: the border at which everything of a model comes in.
#ifndef FIRN_FRONTEND_IMPORTMODEL_H
#define FIRN_FRONTEND_IMPORTMODEL_H

#include "absl/status/statusor.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <string>
#include <vector>

namespace firn {

struct ImportOptions {
  /// The checkpoint with the variables' values, by any of its names. Empty: the
  /// SavedModel's own; of a MetaGraph `NAME.meta`, the one called NAME if there
  /// is one.
  std::string checkpoint;
  /// The tag set of the MetaGraph. Empty: the only one, or `serve`.
  std::vector<std::string> tags;
  /// Whether variables get their values.
  bool loadVariables = true;
  /// Takes what the import could not find and could do without: variables that
  /// have no value, one line each.
  std::vector<std::string> *warnings = nullptr;
};

/// The first of the warnings about nodes that `error` names, as its end: empty,
/// or lines of its own.
std::string warningsText(const std::vector<std::string> &warnings,
                         absl::string_view error);

/// Imports the model that `path` means: a SavedModel folder or its file, a
/// MetaGraphDef, or a GraphDef, binary or text, told apart by their contents;
/// or a module as .mlir or .mlirbc.
///
/// The module holds the graph and its function library, a `tfg.signature` for
/// each signature and a `tfg.variable` for each variable that has a value, in
/// the order of the nodes. Values stay in the mapped checkpoint. Attributes of
/// the module: `tfg.tags`, `tfg.tensorflow_version`, `tfg.init_node`, and
/// `tfg.assets = [{tensor, file}]` with paths below the SavedModel's folder,
/// and with the file's `text`, or the `problem` of reading it, if the graph has
/// tables to fill from files.
///
/// Errors name the file and the node or key, and what was expected.
absl::StatusOr<mlir::OwningOpRef<mlir::ModuleOp>>
importModel(llvm::StringRef path, const ImportOptions &options,
            mlir::MLIRContext &context);

/// What a model file holds, without its graph.
struct MetaGraphSummary {
  std::vector<std::string> tags;
  std::string tensorflowVersion;
  std::vector<std::string> signatures;
  int64_t producer = 0;
  int64_t minConsumer = 0;
};
struct ModelSummary {
  std::string format; // "SavedModel", "MetaGraph", "GraphDef" or "MLIR"
  bool isText = false;
  std::vector<MetaGraphSummary> metaGraphs; // empty for a GraphDef
};

/// Says what `path` holds, all MetaGraphs of a SavedModel, without importing
/// it.
absl::StatusOr<ModelSummary> describeModel(llvm::StringRef path);

} // namespace firn

#endif // FIRN_FRONTEND_IMPORTMODEL_H
