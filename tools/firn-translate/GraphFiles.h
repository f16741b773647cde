// The GraphDefs of a model as they are in its file, for translating them one by
// one.
#ifndef FIRN_TOOLS_TRANSLATE_GRAPHFILES_H
#define FIRN_TOOLS_TRANSLATE_GRAPHFILES_H

#include "absl/status/statusor.h"
#include "proto/graph.pb.h"
#include "proto/op_def.pb.h"

#include <string>
#include <vector>

namespace firn {

struct GraphOfFile {
  /// The file, and which MetaGraph of it.
  std::string description;
  tf::GraphDef graph;
  tf::OpList modelOps;
};

/// Reads a GraphDef or MetaGraphDef file or a SavedModel (its file or folder).
absl::StatusOr<std::vector<GraphOfFile>> readGraphs(const std::string &path);

} // namespace firn

#endif // FIRN_TOOLS_TRANSLATE_GRAPHFILES_H
