// What is in a model, for people and programs to read: the data behind `firn
// show`.
#ifndef FIRN_API_DESCRIBE_H
#define FIRN_API_DESCRIBE_H

#include "api/Model.h"

namespace firn {

/// A variable with the size of its value; `hasValue` if a checkpoint gave one.
struct VariableInfo {
  std::string name;
  DType dtype = DType::Invalid;
  Shape shape;
  bool hasValue = false;
  int64_t bytes = 0;
};

/// A function of the model's library.
struct FunctionInfo {
  std::string name;
  int64_t nodes = 0;
};

/// A model at a glance. All lists are sorted by name.
struct ModelDescription {
  /// "SavedModel", "MetaGraph" or "GraphDef".
  std::string format;
  std::string tensorflowVersion;
  int64_t producer = 0;
  int64_t minConsumer = 0;
  /// The tags of each MetaGraph in the file.
  std::vector<std::vector<std::string>> tags;
  std::vector<SignatureInfo> signatures;
  std::vector<TensorInfo> inputs;
  std::vector<TensorInfo> outputs;
  std::vector<VariableInfo> variables;
  std::vector<FunctionInfo> functions;
  /// Op → number of nodes, functions included.
  std::map<std::string, int64_t> ops;
  /// Device → number of nodes.
  std::map<std::string, int64_t> devices;
  /// Nodes of the main graph.
  int64_t nodes = 0;
};

/// Reads the model at `path`, as Model::load() does, and says what is in it.
absl::StatusOr<ModelDescription> describe(const std::string &path,
                                          const LoadOptions &options = {});

/// The tag sets of a SavedModel's MetaGraphs, without reading their graphs;
/// none for another file.
absl::StatusOr<std::vector<std::vector<std::string>>>
listTagSets(const std::string &path);

} // namespace firn

#endif // FIRN_API_DESCRIBE_H
