// What TensorFlow's graph tools did: transform_graph, optimize_for_inference,
// strip_unused, and any pipeline of passes.
#ifndef FIRN_API_TRANSFORM_H
#define FIRN_API_TRANSFORM_H

#include "api/ModelFormat.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include <string>
#include <vector>

namespace firn {

/// What a tool did.
struct TransformReport {
  int64_t nodesBefore = 0;
  int64_t nodesAfter = 0;
  /// What was noticed on the way: transforms that failed and were left out.
  std::vector<std::string> notes;
};

/// transform_graph: `inputs` and `outputs` are the tensors that stay; the
/// transforms are those of the Graph Transform Tool, in its notation (see
/// TransformSpec.h). Without outputs those of the graph's
/// signature stay, or all nodes that no other uses.
struct TransformOptions {
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::string transforms;
  ModelFormat format = ModelFormat::Auto;
};
absl::StatusOr<TransformReport> transformGraph(const std::string &path,
                                               const TransformOptions &options,
                                               const std::string &output);

/// The names of all transforms, sorted.
std::vector<std::string> transformNames();

/// optimize_for_inference.
struct InferenceOptions {
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  /// Element types of the inputs in TensorFlow's numbers or names: none, one
  /// for all, or one for each.
  std::vector<std::string> inputTypes;
  /// Boolean placeholders that become constants: part of their names, `=`, and
  /// True or False.
  std::vector<std::string> constants;
  /// Leaves out ops that TensorFlow Lite's converter does not know.
  bool tocoCompatible = false;
  ModelFormat format = ModelFormat::Auto;
};
absl::StatusOr<TransformReport>
optimizeForInference(const std::string &path, const InferenceOptions &options,
                     const std::string &output);

/// strip_unused: keeps what leads from the inputs to the outputs.
struct StripOptions {
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::vector<std::string> inputTypes;
  ModelFormat format = ModelFormat::Auto;
};
absl::StatusOr<TransformReport> stripUnused(const std::string &path,
                                            const StripOptions &options,
                                            const std::string &output);

/// Any passes on any model.
struct OptimizeOptions {
  std::string checkpoint;
  std::vector<std::string> tags;
  std::string signature;
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  /// Placeholders that become constants: node=value.
  std::vector<std::string> set;
  /// A pipeline in MLIR's notation; empty: freeze, fold, and merge.
  std::string passes;
  ModelFormat format = ModelFormat::Auto;
};
absl::StatusOr<TransformReport> optimizeGraph(const std::string &path,
                                              const OptimizeOptions &options,
                                              const std::string &output);

} // namespace firn

#endif // FIRN_API_TRANSFORM_H
