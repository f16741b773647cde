// A module's graph as a SavedModel folder, which a model server loads.
#ifndef FIRN_BACKEND_GRAPHDEF_SAVEDMODELFILE_H
#define FIRN_BACKEND_GRAPHDEF_SAVEDMODELFILE_H

#include "absl/status/status.h"
#include "ir/TFGOps.h"
#include "mlir/IR/BuiltinOps.h"

#include <string>

namespace firn {

/// Writes `folder`/saved_model.pb with the graph, which must be frozen: the
/// folder has no variables. The folder is made if it is not there. `signatures`
/// are those that the graph was selected for, all their tensors among its feeds
/// and fetches; without any, one of the fetch's own name (`serving_default` if
/// it has none) takes all feeds and gives all fetches.
absl::Status writeSavedModel(mlir::ModuleOp module, const std::string &folder,
                             llvm::ArrayRef<tfg::SignatureOp> signatures = {});

} // namespace firn

#endif // FIRN_BACKEND_GRAPHDEF_SAVEDMODELFILE_H
