// The values of a checkpoint → tfg.variable.
#ifndef FIRN_FRONTEND_VARIABLEIMPORTER_H
#define FIRN_FRONTEND_VARIABLEIMPORTER_H

#include "frontend/VariableBinding.h"

#include "absl/status/statusor.h"
#include "mlir/IR/BuiltinOps.h"

namespace firn {

/// A variable of the main graph, as its node declares it.
struct GraphVariable {
  std::string node;
  tf::DataType dtype;
  std::optional<tf::TensorShapeProto> shape; // nullopt: not known
};

/// The variables of the main graph, in the order of the nodes.
std::vector<GraphVariable> listVariables(const tf::GraphDef &graph);

/// Finds where the variables' values lie, by all routes that the model offers.
/// `metaGraph` is null for a bare graph.
absl::StatusOr<VariableBindings>
bindVariables(const tf::GraphDef &graph, const tf::MetaGraphDef *metaGraph,
              CheckpointReader &checkpoint);

/// Adds a `tfg.variable` to the module for each variable that has a value. The
/// values stay in the mapped file. A variable without one gives a warning, also
/// where the value has another type or shape or lies in a shard that is not
/// there; a damaged value is an error.
absl::Status importVariables(const std::vector<GraphVariable> &variables,
                             const VariableBindings &bindings,
                             CheckpointReader &checkpoint,
                             mlir::ModuleOp module,
                             std::vector<std::string> &warnings);

} // namespace firn

#endif // FIRN_FRONTEND_VARIABLEIMPORTER_H
