// Module → GraphDef.
#ifndef FIRN_BACKEND_GRAPHDEF_GRAPHDEFEXPORTER_H
#define FIRN_BACKEND_GRAPHDEF_GRAPHDEFEXPORTER_H

#include "absl/status/statusor.h"
#include "mlir/IR/BuiltinOps.h"
#include "proto/graph.pb.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace firn {

/// Exports the module's graph and functions. The same module always gives the
/// same GraphDef: nodes in the order of the block, control inputs last, names
/// unique. What `tfg.fetch` promises under a tensor name is found under it.
/// Errors name the node.
absl::StatusOr<tf::GraphDef> exportGraphDef(mlir::ModuleOp module);

/// The same node by node, for graphs whose weights should not be held twice:
/// calls `visit` with each node in turn.
absl::Status exportNodes(mlir::ModuleOp module,
                         llvm::function_ref<absl::Status(tf::NodeDef &)> visit);

/// The GraphDef without its nodes: library, versions, debug information.
absl::StatusOr<tf::GraphDef> exportAllButNodes(mlir::ModuleOp module);

} // namespace firn

#endif // FIRN_BACKEND_GRAPHDEF_GRAPHDEFEXPORTER_H
