// Turns "these tensors in, those out" into IR: fed tensors become placeholders
// with a position, fetched ones operands of the graph's `tfg.fetch`.
#ifndef FIRN_API_SELECTION_H
#define FIRN_API_SELECTION_H

#include "api/GraphIndex.h"

#include "absl/status/status.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace firn {

/// A tensor that is fed.
struct SelectedFeed {
  /// What the user calls it, and the tensor in the graph.
  std::string name;
  std::string tensor;
  /// The shape it is given; if absent, the graph's own.
  std::optional<Shape> shape;
};

/// A tensor that is fetched.
struct SelectedFetch {
  std::string name;
  std::string tensor;
};

/// A part of a graph.
struct Selection {
  std::vector<SelectedFeed> feeds;
  std::vector<SelectedFetch> fetches;
  /// What the user calls tensors that are not fed: by tensor, the key in the
  /// signature.
  std::map<std::string, std::string> keys;
  /// The signature it is, if it is one.
  std::string signature;
  std::string methodName;
};

/// The selection that a signature describes, with all inputs and outputs.
Selection selectionOf(const SignatureInfo &signature);

/// Rewrites the graph of `module` to the selection: feed number i becomes a
/// Placeholder with `tfg.feed_index = i`, the fetches become the operands of a
/// `tfg.fetch`. Fails if a tensor is not there, or if a placeholder that the
/// fetches need is not fed.
absl::Status applySelection(mlir::ModuleOp module, const Selection &selection);

} // namespace firn

#endif // FIRN_API_SELECTION_H
