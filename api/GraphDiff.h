// How two graphs differ, node by node.
#ifndef FIRN_API_GRAPHDIFF_H
#define FIRN_API_GRAPHDIFF_H

#include "api/Model.h"

#include "absl/status/statusor.h"

#include <string>
#include <vector>

namespace firn {

/// One difference. `node` is `function/node` for a node of a function.
struct NodeDifference {
  enum class Kind { Removed, Added, Changed };
  Kind kind;
  std::string node;
  std::string op;
  /// What changed: the op, inputs, attributes, or a constant's values.
  std::vector<std::string> changes;
};

/// Compares the graphs of two models, functions included. Nodes are paired by
/// name; the order of nodes, and how a constant is encoded, make no difference.
absl::StatusOr<std::vector<NodeDifference>>
compareGraphs(const std::string &first, const std::string &second,
              const LoadOptions &firstOptions = {},
              const LoadOptions &secondOptions = {});

} // namespace firn

#endif // FIRN_API_GRAPHDIFF_H
