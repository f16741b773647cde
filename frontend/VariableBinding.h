// Which tensor of a checkpoint belongs to which variable of a graph. TensorFlow
// answers this by running the graph's restore operation; here that part of the
// graph is read instead, and where a model has none, names are compared.
#ifndef FIRN_FRONTEND_VARIABLEBINDING_H
#define FIRN_FRONTEND_VARIABLEBINDING_H

#include "frontend/checkpoint/CheckpointReader.h"
#include "proto/meta_graph.pb.h"

#include "absl/container/flat_hash_map.h"

#include <optional>
#include <string>
#include <vector>

namespace firn {

/// Where a variable's value lies.
struct VariableBinding {
  std::string key;
  std::optional<TensorSlice> slice; // nullopt: the whole tensor
};

/// Bindings by the name of the variable's node in the main graph.
using VariableBindings = absl::flat_hash_map<std::string, VariableBinding>;

/// Whether a node of this op stands for a variable: `VarHandleOp`, or the
/// references `Variable` and `VariableV2`.
bool isVariableOp(const std::string &op);

/// What the restore operation `restoreNode` assigns: it is followed through
/// control edges and function calls to `Assign(variable, Restore…(keys))`. With
/// no name, everything in the main graph that restores is taken.
VariableBindings bindByRestoreGraph(const tf::GraphDef &graph,
                                    const std::string &restoreNode);

/// What TensorFlow 2's object graph in the checkpoint says: a variable is known
/// by the full name saved with it, or by its path in the SavedModel's object
/// graph.
absl::StatusOr<VariableBindings>
bindByObjectGraph(const tf::GraphDef &graph,
                  const tf::SavedObjectGraph &savedObjects,
                  CheckpointReader &checkpoint);

/// Variables whose node or shared name is a key of the checkpoint, and parts of
/// partitioned variables that the collections of `metaGraph` describe.
VariableBindings bindByName(const tf::GraphDef &graph,
                            const tf::MetaGraphDef *metaGraph,
                            const CheckpointReader &checkpoint);

} // namespace firn

#endif // FIRN_FRONTEND_VARIABLEBINDING_H
