// The nodes with which TensorFlow fills the variables of a SavedModel from its
// checkpoint.
#ifndef FIRN_BACKEND_GRAPHDEF_RESTORENODES_H
#define FIRN_BACKEND_GRAPHDEF_RESTORENODES_H

#include "absl/status/status.h"
#include "proto/meta_graph.pb.h"
#include "llvm/ADT/ArrayRef.h"

#include <string>

namespace firn {

/// Adds nodes to the MetaGraph's graph that restore each of these variables (by
/// the names of their nodes) from the tensor of the same name, and the SaverDef
/// that names them.
absl::Status addRestoreNodes(tf::MetaGraphDef &metaGraph,
                             llvm::ArrayRef<std::string> variables);

} // namespace firn

#endif // FIRN_BACKEND_GRAPHDEF_RESTORENODES_H
