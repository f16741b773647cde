// GraphDef → module: `tfg.graph` with the nodes in the order of the file, and
// one `tfg.func` per function of the library. Nothing is lost: what the IR has
// no form for is an attribute.
#ifndef FIRN_FRONTEND_GRAPHDEFIMPORTER_H
#define FIRN_FRONTEND_GRAPHDEFIMPORTER_H

#include "absl/status/statusor.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "proto/TensorMap.h"
#include "proto/graph.pb.h"
#include "proto/op_def.pb.h"

#include <string>

namespace firn {

struct GraphImportOptions {
  /// What errors call the graph: its file.
  std::string fileName = "<graph>";
  /// The model's own ops (`stripped_op_list`), or null.
  const tf::OpList *modelOps = nullptr;
  /// What constants may take beyond their bytes in the file, and which of these
  /// stay there.
  TensorFile tensors = {};
};

/// Imports the graph, which is consumed: each constant is freed as soon as it
/// is an attribute. The module is verified. Errors name the file, the node, and
/// what was expected; missing inputs are reported together.
absl::StatusOr<mlir::OwningOpRef<mlir::ModuleOp>>
importGraphDef(tf::GraphDef graph, const GraphImportOptions &options,
               mlir::MLIRContext &context);

} // namespace firn

#endif // FIRN_FRONTEND_GRAPHDEFIMPORTER_H
