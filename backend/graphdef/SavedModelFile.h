// A module's graph as a SavedModel folder, which a model server loads.
#ifndef FIRN_BACKEND_GRAPHDEF_SAVEDMODELFILE_H
#define FIRN_BACKEND_GRAPHDEF_SAVEDMODELFILE_H

#include "absl/status/status.h"
#include "ir/TFGOps.h"
#include "mlir/IR/BuiltinOps.h"

#include <string>

namespace firn {

struct SavedModelParts {
  /// The signatures that the graph was selected for, all their tensors among
  /// its feeds and fetches. Without any, one of the fetch's own name
  /// (`serving_default` if it has none) takes all feeds and gives all fetches.
  llvm::SmallVector<tfg::SignatureOp> signatures;
  /// The folder of the SavedModel that the module was read from, or empty:
  /// where the assets are.
  std::string source;
};

/// Writes `folder`/saved_model.pb with the graph; the values of its variables,
/// if it has any, into `folder`/variables, with nodes that restore them; and
/// the assets that the graph still names. A node that initialises tables
/// (`tfg.init_node`) is run by whoever loads the model, if it is among the
/// fetches. The folder is made if it is not there.
absl::Status writeSavedModel(mlir::ModuleOp module, const std::string &folder,
                             const SavedModelParts &parts);

} // namespace firn

#endif // FIRN_BACKEND_GRAPHDEF_SAVEDMODELFILE_H
