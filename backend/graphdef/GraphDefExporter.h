// Module → GraphDef.
#ifndef FIRN_BACKEND_GRAPHDEF_GRAPHDEFEXPORTER_H
#define FIRN_BACKEND_GRAPHDEF_GRAPHDEFEXPORTER_H

#include "absl/status/statusor.h"
#include "mlir/IR/BuiltinOps.h"
#include "proto/graph.pb.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <string>
#include <vector>

namespace firn {

/// Exports the module's graph and functions. The same module always gives the
/// same GraphDef: nodes in the order of the block, control inputs last, names
/// unique. What `tfg.fetch` promises under a tensor name is found under it.
/// Errors name the node.
absl::StatusOr<tf::GraphDef> exportGraphDef(mlir::ModuleOp module);

/// The same node by node, for graphs whose weights should not be held twice.
/// Called with each node in turn and, if the node is a large constant, with the
/// content that is left out of it (NodeExporter.h).
using NodeVisitor =
    llvm::function_ref<absl::Status(tf::NodeDef &, llvm::ArrayRef<char>)>;
absl::Status exportNodes(mlir::ModuleOp module, NodeVisitor visit);

/// What exportNodes() gives: how many nodes, and the names that the tensors of
/// `tfg.fetch` have there (`node`, `node:port`, `^node`), in its order.
struct ExportSummary {
  int64_t nodes = 0;
  std::vector<std::string> fetches;
};
absl::StatusOr<ExportSummary> summarizeExport(mlir::ModuleOp module);

/// The GraphDef without its nodes: library, versions, debug information.
absl::StatusOr<tf::GraphDef> exportAllButNodes(mlir::ModuleOp module);

} // namespace firn

#endif // FIRN_BACKEND_GRAPHDEF_GRAPHDEFEXPORTER_H
